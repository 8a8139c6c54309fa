"""Lenses over applications."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from bff import uploads
from bff.applications.application import Application, Event
from bff.cases.standing import standing_of
from bff.family.acting import acted_by
from bff.graphql.context import Context, Info
from bff.graphql.lenses.cases import StandingLens
from bff.graphql.lenses.common import PageInfo, RefusalLens, TextLens
from bff.graphql.lenses.forms import FormLens
from bff.graphql.lenses.signing import PersonalSignatureLens, ReceiptLens
from bff.home import flows, sent_back
from bff.home.flows import PassOn
from bff.signing import receipts
from bff.signing import store as signatures
from bff.texts import say
from bff.wiring import House
from life_events import Filed, filed, papers_to_photograph


@strawberry.enum(name="ApplicationState")
class ApplicationStateName(enum.Enum):
    WAITING = "waiting"
    QUEUED = "queued"
    RECEIVED = "received"
    CHECKING = "checking"
    SENT_BACK = "sent_back"
    DECIDED = "decided"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@strawberry.type(name="ApplicationEvent")
class ApplicationEventLens:
    at: datetime
    note: str | None = strawberry.field(description="the ward's own sentence; null: none")

    @strawberry.field
    def state(self, event: strawberry.Parent[Event]) -> ApplicationStateName:
        return ApplicationStateName(event.state)

    @strawberry.field
    def text(self, event: strawberry.Parent[Event]) -> TextLens:
        return say(f"state_{event.state}")  # type: ignore[return-value]


@strawberry.type(name="PassOn", description="What may be handed to another body on the ground of an application.")
class PassOnLens:
    agreed_at: datetime | None = strawberry.field(description="null: she has not said yes, or has taken it back")

    @strawberry.field
    def id(self, one: strawberry.Parent[PassOn]) -> strawberry.ID:
        return strawberry.ID(one.flow.id)

    @strawberry.field(description="every field that would leave, and to whom")
    def text(self, one: strawberry.Parent[PassOn]) -> TextLens:
        return one.flow.told  # type: ignore[return-value]


@strawberry.type(name="ActedBy", description="By whose hand it was sent for her, and as what.")
class ActedByLens:
    name: str
    kind: TextLens


@strawberry.type(name="SentPaper", description="A photograph that went with an application.")
class SentPaperLens:
    paper: strawberry.ID
    file: strawberry.ID = strawberry.field(description="she gets it from /uploads/<file>")
    media_type: str
    size: int
    name: TextLens
    digest: str = strawberry.field(description="SHA-256 of the file, in hex")


@strawberry.type(name="Filed", description="The moment that counts as the filing.")
class FiledLens:
    at: datetime

    @strawberry.field
    def text(self, one: strawberry.Parent[Filed]) -> TextLens:
        return say(f"filed_{one.by}")  # type: ignore[return-value]


@strawberry.type(name="SentAnswers", description="What she had sent, to be written on.")
class SentAnswersLens:
    values: JSON = strawberry.field(description="by field, without those that are hidden")
    masked: bool = strawberry.field(description="some are hidden until she has proved once more who she is")


@strawberry.type(name="Application")
class ApplicationLens:
    id: strawberry.ID
    procedure: strawberry.ID
    subject: strawberry.ID | None
    receipt_number: str
    completed_at: datetime = strawberry.field(description="when she pressed send on her device")
    accepted_at: datetime
    received_on: date | None = strawberry.field(
        description="of what came to a counter on paper: the day of the ward's stamp; null: sent from a device"
    )
    ward_number: str | None = strawberry.field(description="null: the ward has not answered yet")
    corrected: list[strawberry.ID] = strawberry.field(description="prefilled fields that she found wrong")
    history: list[ApplicationEventLens]
    clock_ahead: int | None = strawberry.field(
        description="seconds by which her device's clock was ahead, when completedAt was put right; null: it was not"
    )

    corrects: strawberry.ID | None = strawberry.field(description="the filing that was sent back; null: none")
    corrected_by: strawberry.ID | None = strawberry.field(description="the filing that corrects this; null: none")
    before: list[ApplicationEventLens] = strawberry.field(description="history of the filings that this one corrects")

    @strawberry.field(description="whose turn it is, what is expected by when, what may be contested")
    def standing(self, sent: strawberry.Parent[Application], info: Info) -> StandingLens:
        house = info.context.house
        return standing_of(house.catalogue, sent, house.today())  # type: ignore[return-value]

    @strawberry.field(description="what she sent, as long as it is hers to correct; null: it is not")
    async def answers(self, sent: strawberry.Parent[Application], info: Info) -> SentAnswersLens | None:
        return await _answers(info.context, sent)

    @strawberry.field(description="SHA-256 of what was sent, in hex; null: sent before it was kept")
    def digest(self, sent: strawberry.Parent[Application]) -> str | None:
        return sent.digest.hex() if sent.digest else None

    @strawberry.field(description="which of the two moments counts, as far as anybody has told us")
    def filed(self, sent: strawberry.Parent[Application], info: Info) -> FiledLens:
        law = info.context.house.catalogue.law_in(sent.ward)
        return filed(law, sent.completed_at, sent.accepted_at)  # type: ignore[return-value]

    @strawberry.field(description="what she photographed and sent with it, in her order")
    async def attachments(self, sent: strawberry.Parent[Application], info: Info) -> list[SentPaperLens]:
        return await attached(info.context.house, sent) if sent.papers else []

    @strawberry.field(description="代理で: who sent it for her; null: she sent it herself")
    async def acted_by(self, sent: strawberry.Parent[Application], info: Info) -> ActedByLens | None:
        return await acted_by(info.context.house, sent)  # type: ignore[return-value]

    @strawberry.field
    def title(self, sent: strawberry.Parent[Application], info: Info) -> TextLens:
        return info.context.house.catalogue.procedures[sent.procedure].name  # type: ignore[return-value]

    @strawberry.field
    def state(self, sent: strawberry.Parent[Application]) -> ApplicationStateName:
        return ApplicationStateName(sent.state)

    @strawberry.field
    def state_text(self, sent: strawberry.Parent[Application]) -> TextLens:
        return say(f"state_{sent.state}")  # type: ignore[return-value]

    @strawberry.field
    def sent_to(self, sent: strawberry.Parent[Application], info: Info) -> TextLens:
        return info.context.house.catalogue.wards[sent.ward].name  # type: ignore[return-value]

    @strawberry.field(description="what may rest on it while it is in hand, for her to agree to")
    async def pass_ons(self, sent: strawberry.Parent[Application], info: Info) -> list[PassOnLens]:
        async with info.context.house.db.resident(sent.resident) as conn:
            return list(await flows.pass_ons(conn, sent))  # type: ignore[arg-type]

    @strawberry.field(description="her own signature; null: she has not signed it here")
    async def signature(self, sent: strawberry.Parent[Application], info: Info) -> PersonalSignatureLens | None:
        async with info.context.house.db.resident(sent.resident) as conn:
            return await signatures.of_application(conn, sent.id)  # type: ignore[return-value]

    @strawberry.field(description="null: it is being made")
    async def receipt(self, sent: strawberry.Parent[Application], info: Info) -> ReceiptLens | None:
        async with info.context.house.db.resident(sent.resident) as conn:
            return await receipts.of(conn, sent.resident, sent.id)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Application)


async def _answers(context: Context, sent: Application) -> SentAnswersLens | None:
    """A field that is masked in the form is masked here too, whoever filled it in."""
    me = await context.someone()
    async with context.house.db.resident(me.id) as conn:
        answers = await sent_back.answers_of(conn, me, sent)
    if answers is None:
        return None
    form = context.house.catalogue.procedures[sent.procedure].form
    paths = {field.id: field.prefill for section in form.sections for field in section.fields} if form else {}
    hidden = {id for id in answers if (path := paths.get(id)) and context.is_masked(path)}
    shown: Any = {id: value for id, value in answers.items() if id not in hidden}
    return SentAnswersLens(values=shown, masked=bool(hidden))


async def attached(house: House, sent: Application) -> list[SentPaperLens]:
    """Each beside the name it has in the procedure's list; one that is in no list any more has its own id."""
    async with house.db.resident(sent.resident) as conn:
        files = await uploads.bound(conn, sent.resident, sent.id, most=uploads.MOST_PAPERS)
    listed = papers_to_photograph(house.catalogue, sent.ward, sent.procedure)
    names = {one.id: one.name for one in listed}
    return [
        SentPaperLens(
            paper=strawberry.ID(paper.paper),
            file=strawberry.ID(str(file.id)),
            media_type=file.media_type,
            size=file.size,
            name=names.get(paper.paper, say("paper_other")),  # type: ignore[arg-type]
            digest=paper.digest.hex(),
        )
        for paper, file in zip(sent.papers, files, strict=False)
    ]


@strawberry.type(name="ApplicationConnection")
class ApplicationConnection:
    nodes: list[ApplicationLens]
    page_info: PageInfo


@strawberry.type(name="FormChanged", description="Filled in on an older form; the answers stay on the device.")
class FormChangedLens(RefusalLens):
    form: FormLens
