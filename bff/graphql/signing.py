"""Signing an application: what she has filled in is judged, and its digest given to be signed; nothing is sent yet."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import strawberry

from bff.errors import SignInNeeded, StepClosed
from bff.graphql.context import Info
from bff.graphql.filings import SubmitApplicationInput, with_papers
from bff.graphql.lenses.applications import FormChangedLens
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, SignInNeededLens, StepClosedLens
from bff.graphql.lenses.signing import SignatureBegunLens
from bff.graphql.refusals import told
from bff.graphql.viewer import home_of
from bff.home import filing
from bff.home.filing import Filing
from bff.identity.assurance import has_card
from bff.signing import store
from bff.signing.store import Begun
from bff.texts import say

BeginResult = Annotated[
    SignatureBegunLens | FieldsRefusedLens | FormChangedLens | StepClosedLens | NotFoundLens | SignInNeededLens,
    strawberry.union("BeginSignatureResult"),
]


@strawberry.type
class SigningMutation:
    @strawberry.mutation(
        description="what she has read over is to be signed: bound to these bytes, to her and to this session"
    )
    @told
    async def begin_signature(self, info: Info, input: SubmitApplicationInput) -> BeginResult:
        me, house, visitor = await info.context.someone(), info.context.house, await info.context.visitor()
        wish = await with_papers(house, me, input)
        found = filing.check(me, await info.context.show(await home_of(house, me)), wish, house.clock())
        if visitor is None:
            raise SignInNeeded(say("sign_in_needed"))
        wanted = house.catalogue.procedures[wish.procedure].signature
        if house.signing.way(wanted, has_card=has_card(visitor.assurance)) not in ("offered", "needed"):
            raise StepClosed(say("not_signed_here"))
        begun = Begun(
            id=house.new_id(),
            resident=me.id,
            session=visitor.session,
            application=wish.id,
            digest=house.signing.digest_of(found.document),
            to_path=f"/apply/{quote(_step(wish), safe='')}?review",
            made_at=house.clock(),
        )
        async with house.db.resident(me.id) as conn:
            await store.begin(conn, begun)
        return SignatureBegunLens(id=strawberry.ID(str(begun.id)), leave_by=f"/login/sign/start/{begun.id}")


def _step(wish: Filing) -> str:
    return f"{wish.procedure}:{wish.subject}" if wish.subject else wish.procedure
