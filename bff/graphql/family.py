"""Family and delegates: what she sees of it and does. Whoever acts for another names the mandate each time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from bff.family import acting, children, confirming, inviting, represented, sides, store
from bff.family.inviting import Wish
from bff.family.people import children as minors
from bff.family.standing import stand
from bff.family.words import say
from bff.graphql.context import Info
from bff.graphql.filings import SubmitApplicationInput, without_papers
from bff.graphql.lenses.applications import FormChangedLens
from bff.graphql.lenses.common import (
    DeniedLens,
    FieldsRefusedLens,
    NotFoundLens,
    SignInNeededLens,
    StepClosedLens,
    StepUpNeededLens,
    TooManyTriesLens,
)
from bff.graphql.lenses.family import FamilyLens, HouseholdMemberLens, MandateLens, Shown, choosable, identifier
from bff.graphql.lenses.representing import (
    InvitationLens,
    InvitedLens,
    RepresentedFormLens,
    RepresentedLens,
    SeenByGuardiansLens,
    SentOnBehalfLens,
)
from bff.graphql.refusals import told
from bff.identity.residents import Resident
from bff.watch import APPLICATIONS
from life_events import Text

Me = strawberry.Parent[Resident]
RepresentedResult = Annotated[
    RepresentedLens | DeniedLens | NotFoundLens | SignInNeededLens | StepUpNeededLens,
    strawberry.union("RepresentedResult"),
]
RepresentedFormResult = Annotated[
    RepresentedFormLens | DeniedLens | NotFoundLens | SignInNeededLens | StepUpNeededLens,
    strawberry.union("RepresentedFormResult"),
]
InvitationResult = Annotated[
    InvitationLens | TooManyTriesLens | DeniedLens | NotFoundLens | SignInNeededLens | StepUpNeededLens,
    strawberry.union("InvitationResult"),
]
InviteResult = Annotated[
    InvitedLens | FieldsRefusedLens | DeniedLens | SignInNeededLens | StepUpNeededLens, strawberry.union("InviteResult")
]
MandateResult = Annotated[
    MandateLens
    | FieldsRefusedLens
    | TooManyTriesLens
    | DeniedLens
    | NotFoundLens
    | SignInNeededLens
    | StepUpNeededLens,
    strawberry.union("MandateResult"),
]
SubmitOnBehalfResult = Annotated[
    SentOnBehalfLens
    | FieldsRefusedLens
    | FormChangedLens
    | StepClosedLens
    | DeniedLens
    | NotFoundLens
    | SignInNeededLens
    | StepUpNeededLens,
    strawberry.union("SubmitOnBehalfResult"),
]


@strawberry.input
class InviteInput:
    kind: strawberry.ID
    to: str = strawberry.field(description="the other's name as on their card")
    person: strawberry.ID | None = strawberry.field(default=None, description="null: about herself")
    person_agrees: bool = strawberry.field(
        default=False, description="she states that `person`, being of age, agrees; must be true for an adult"
    )
    bundles: list[strawberry.ID]
    purpose: strawberry.ID
    ends_on: date = strawberry.field(description="the last day")


@strawberry.type
class FamilyViewer:
    @strawberry.field(description="her children, who acts for her, and for whom she acts")
    async def family(self, me: Me, info: Info) -> FamilyLens:
        house = info.context.house
        async with house.db.resident(me.id) as conn:
            rows = await store.of(conn, me.id)
            household = await inviting.household_of(conn, house, me)
        shown = [Shown(one, me) for one in rows]
        young = {one.person for one in minors(household, house.catalogue.law, house.today())} if household else set()
        members = [one for one in household.members if not one.me] if household else []
        law, today = house.catalogue.law, house.today()
        ages = {name: str(law.numbers[id].on(today)) for name, id in _AGES.items()}
        rights: list[Text] = [say("rights_1"), say("rights_2"), say("rights_3", **ages), say("rights_4", **ages)]
        return FamilyLens(
            children=list(await children.children_of(house, me)),  # type: ignore[arg-type]
            members=[
                HouseholdMemberLens(id=strawberry.ID(one.person), name=one.name, is_child=one.person in young)
                for one in members
            ],
            acts_for=[one for one in shown if not one.is_represented],  # type: ignore[misc]
            acted_for_by=[one for one in shown if one.is_represented],  # type: ignore[misc]
            about_me=[Shown(one.mandate, me, one) for one in await sides.about_me(house, me)],  # type: ignore[misc]
            kinds=choosable(),  # type: ignore[arg-type]
            rights=rights,  # type: ignore[arg-type]
        )

    @strawberry.field(description="all that a mandate lets her see of another; each look is a row in that one's log")
    @told
    async def represented(self, me: Me, info: Info, mandate: strawberry.ID) -> RepresentedResult:
        house, me = info.context.house, await info.context.someone("see_for_another")
        return await represented.represented(house, await stand(house, me, identifier(mandate)))  # type: ignore[return-value]

    @strawberry.field(description="the form of a step, without what is known already")
    @told
    async def represented_form(
        self, me: Me, info: Info, mandate: strawberry.ID, step: strawberry.ID
    ) -> RepresentedFormResult:
        house, me = info.context.house, await info.context.someone("see_for_another")
        standing = await stand(house, me, identifier(mandate), "form")
        return await acting.form_for(house, standing, step)  # type: ignore[return-value]

    @strawberry.field(description="what an invitation says, to whose name is on it")
    @told
    async def invitation(self, me: Me, info: Info, code: str) -> InvitationResult:
        me = await info.context.someone("see_for_another")
        await info.context.take("code")
        return await inviting.look_at(info.context.house, me, code)  # type: ignore[return-value]

    @strawberry.field(description="null: she is no minor, or not old enough to be shown it yet")
    async def seen_by_guardians(self, me: Me, info: Info) -> SeenByGuardiansLens | None:
        return await children.seen_by_guardians(info.context.house, me)  # type: ignore[return-value]


@strawberry.type
class FamilyMutation:
    @strawberry.mutation(description="offers a mandate; its one-time code is told this once")
    @told
    async def invite_delegate(self, info: Info, input: InviteInput) -> InviteResult:
        me = await info.context.someone("give_mandate")
        about, agreed = input.person or None, input.person_agrees
        wish = Wish(input.kind, input.to, about, input.bundles, input.purpose, input.ends_on, agreed)
        made, code = await inviting.invite(info.context.house, me, wish)
        return InvitedLens(mandate=Shown(made, me), code=code)  # type: ignore[arg-type]

    @strawberry.mutation(description="the invited person's yes, after logging in as themselves")
    @told
    async def accept_mandate(self, info: Info, code: str) -> MandateResult:
        me = await info.context.someone("give_mandate")
        await info.context.take("code")
        return Shown(await inviting.accept(info.context.house, me, code), me)  # type: ignore[return-value]

    @strawberry.mutation(description="the invited person's no; the code is spent")
    @told
    async def decline_mandate(self, info: Info, code: str) -> MandateResult:
        me = await info.context.someone("see_for_another")
        await info.context.take("code")
        return Shown(await inviting.decline(info.context.house, me, code), me)  # type: ignore[return-value]

    @strawberry.mutation(description="over at once, whichever side wishes it, the person it is about as well")
    @told
    async def end_mandate(self, info: Info, id: strawberry.ID) -> MandateResult:
        me, house = await info.context.someone(), info.context.house
        ended = await sides.end(house, me, identifier(id))
        return Shown(ended, me, await sides.seen_from_beside(house, me, ended))  # type: ignore[return-value]

    @strawberry.mutation(description="asks a ward to confirm, with papers, that she is a parent or legal guardian")
    @told
    async def ask_confirmation(
        self, info: Info, kind: strawberry.ID, ward: strawberry.ID, wanted: str
    ) -> MandateResult:
        me = await info.context.someone("give_mandate")
        return Shown(await confirming.ask(info.context.house, me, kind, ward, wanted), me)  # type: ignore[return-value]

    @strawberry.mutation(description="sends a form for another; the application says by whose hand, everywhere")
    @told
    async def submit_on_behalf(
        self, info: Info, on_behalf: strawberry.ID, input: SubmitApplicationInput
    ) -> SubmitOnBehalfResult:
        house, me = info.context.house, await info.context.someone("act_for_another")
        await info.context.may_submit(input.procedure)
        standing = await stand(house, me, identifier(on_behalf), "submit")
        kept, fresh = await acting.submit(house, standing, without_papers(input))
        if fresh:
            APPLICATIONS.labels(kept.procedure).inc()
        return SentOnBehalfLens(id=strawberry.ID(str(kept.id)), receipt_number=kept.receipt_number)


_AGES = {"age": "age_sees_guardians", "majority": "age_of_majority"}
