"""Sending together: a folder is kept before its parts come, or signed once for all of them; each part is then sent by
`submitApplication` with the folder's id, and stands or falls alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import strawberry

from bff.errors import FieldRefused, FieldsRefused, Refusal, SignInNeeded, StepClosed
from bff.folders import opening
from bff.folders.opening import Opening, PartsRefused
from bff.graphql.context import Info
from bff.graphql.filings import SubmitApplicationInput, identifier_of, with_papers
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, SignInNeededLens, StepClosedLens
from bff.graphql.lenses.folders import FolderLens, PartsRefusedLens
from bff.graphql.lenses.signing import SignatureBegunLens
from bff.graphql.refusals import told
from bff.graphql.viewer import home_of
from bff.home.filing import Filing
from bff.identity.assurance import has_card
from bff.identity.residents import Resident
from bff.signing import store
from bff.signing.folder import MOST
from bff.signing.folders import Part
from bff.signing.ports import Digest
from bff.signing.store import Begun
from bff.texts import say
from bff.wiring import House

YEARS = range(1970, 9999)
"""A phone's clock may be far wrong and its folder is kept all the same, but for a year that is none in UTC."""
KeepFolderResult = Annotated[
    FolderLens | FieldsRefusedLens | StepClosedLens | NotFoundLens | SignInNeededLens,
    strawberry.union("KeepFolderResult"),
]
BeginFolderResult = Annotated[
    SignatureBegunLens | PartsRefusedLens | FieldsRefusedLens | StepClosedLens | NotFoundLens | SignInNeededLens,
    strawberry.union("BeginFolderSignatureResult"),
]


@strawberry.input
class FolderPartInput:
    application: strawberry.ID = strawberry.field(description="the id under which it will be sent")
    procedure: strawberry.ID
    subject: strawberry.ID | None = None
    digest: str = strawberry.field(description="SHA-256 (hex) of its canonical bytes (RFC 8785)")


@strawberry.input
class FolderInput:
    id: strawberry.ID = strawberry.field(description="made on the device; the same id is kept once")
    event: strawberry.ID = strawberry.field(description="a bundle's id, or `moving`")
    completed_at: datetime
    digest: str | None = strawberry.field(
        default=None, description="SHA-256 (hex) of the folder's document as the device made it; null: none"
    )


@strawberry.type
class FolderMutation:
    @strawberry.mutation(description="keeps what is about to be sent together; the same id again is answered the same")
    @told
    async def keep_folder(self, info: Info, input: FolderInput, parts: list[FolderPartInput]) -> KeepFolderResult:
        me, house = await info.context.someone(), info.context.house
        listed = [_part(one) for one in parts[: MOST + 1]]
        async with house.db.resident(me.id) as conn:
            return await opening.keep(  # type: ignore[return-value]
                conn, me, house.catalogue, _opening(input), listed, house.clock()
            )

    @strawberry.mutation(description="one signature over the digests of all of these: bound to her and to this session")
    @told
    async def begin_folder_signature(
        self, info: Info, input: FolderInput, filings: list[SubmitApplicationInput]
    ) -> BeginFolderResult:
        me, house, visitor = await info.context.someone(), info.context.house, await info.context.visitor()
        if visitor is None:
            raise SignInNeeded(say("sign_in_needed"))
        wanted, wishes = _opening(input), await _wishes(house, me, filings[: MOST + 1])
        home = await info.context.show(await home_of(house, me))
        parts = opening.checked(me, home, wishes, house.clock())
        wanted_of = (house.catalogue.procedures[one.procedure].signature for one in parts)
        ways = {house.signing.way(one, has_card=has_card(visitor.assurance)) for one in wanted_of}
        if ways <= {"none", "nowhere"}:
            raise StepClosed(say("not_signed_here"))
        async with house.db.resident(me.id) as conn:
            kept = await opening.keep(conn, me, house.catalogue, wanted, parts, house.clock())
            begun = Begun(
                id=house.new_id(),
                resident=me.id,
                session=visitor.session,
                application=kept.id,
                digest=Digest.of(house.signing.digest, kept.document),
                to_path=f"/together/{quote(kept.event, safe='')}?review",
                made_at=house.clock(),
            )
            await store.begin(conn, begun)
        return SignatureBegunLens(id=strawberry.ID(str(begun.id)), leave_by=f"/login/sign/start/{begun.id}")


async def _wishes(house: House, me: Resident, filings: Sequence[SubmitApplicationInput]) -> Sequence[Filing]:
    """Raises `PartsRefused` with each whose photographs do not lie with the house."""
    found: list[Filing] = []
    refused: dict[int, Refusal] = {}
    for place, one in enumerate(filings):
        try:
            found.append(await with_papers(house, me, one))
        except FieldsRefused as refusal:
            refused[place] = refusal
    if refused:
        raise PartsRefused(say("parts_refused"), refused)
    return found


def _opening(input: FolderInput) -> Opening:
    completed = input.completed_at if input.completed_at.tzinfo else input.completed_at.replace(tzinfo=UTC)
    if completed.year not in YEARS:
        raise _wrong("completedAt")
    return Opening(_id(input.id, "id"), input.event, completed, input.digest)


def _part(input: FolderPartInput) -> Part:
    return Part(input.procedure, input.subject or None, _bytes(input.digest), _id(input.application, "application"))


def _bytes(text: str) -> bytes:
    """Empty for what is no hex; that is refused with the part."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _id(text: str, field: str) -> UUID:
    found: Any = identifier_of(text)
    if found is None:
        raise _wrong(field)
    return UUID(str(found))


def _wrong(field: str) -> FieldsRefused:
    return FieldsRefused(say("fields_refused"), (FieldRefused(field, "wrong_type", say("fields_refused")),))
