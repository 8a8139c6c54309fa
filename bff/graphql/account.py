"""Her account: what it holds, what changed, two that become one, and its end."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Final

import strawberry

from bff.accounts import account, erasing, merging
from bff.applications import store as applications
from bff.errors import FieldRefused, FieldsRefused, SignInNeeded
from bff.graphql.context import Context, Info
from bff.graphql.lenses.account import (
    AccountErasingLens,
    AccountLens,
    KnownByName,
    MergeBegunLens,
    MergeOfferLens,
    MergeSideLens,
)
from bff.graphql.lenses.common import (
    DeniedLens,
    FieldsRefusedLens,
    SignInNeededLens,
    StepUpNeededLens,
    TooManyTriesLens,
)
from bff.graphql.refusals import told
from bff.identity import attempts
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor
from bff.texts import say

Me = strawberry.Parent[Resident]
AccountResult = Annotated[AccountLens | FieldsRefusedLens | SignInNeededLens, strawberry.union("AccountResult")]
EraseResult = Annotated[
    AccountErasingLens | FieldsRefusedLens | SignInNeededLens | StepUpNeededLens, strawberry.union("EraseResult")
]
MergeBeginResult = Annotated[MergeBegunLens | SignInNeededLens | StepUpNeededLens, strawberry.union("MergeBeginResult")]
MergeOfferResult = Annotated[
    MergeOfferLens | DeniedLens | SignInNeededLens | TooManyTriesLens, strawberry.union("MergeOfferResult")
]
MergeResult = Annotated[AccountLens | DeniedLens | SignInNeededLens | TooManyTriesLens, strawberry.union("MergeResult")]
ERASE_WORDS: Final = frozenset({"けす", "削除", "delete", "删除", "刪除", "삭제", "xóa", "मेटाउने", "burahin", "excluir"})
"""What she types, in her language: `account.eraseThe` of the app's texts."""


@strawberry.type
class AccountViewer:
    @strawberry.field
    async def account(self, me: Me, info: Info) -> AccountLens:
        return await _account(info.context, me)


@strawberry.type
class AccountMutation:
    @strawberry.mutation(description="she has read what changed: what was told before is forgotten")
    @told
    async def changes_read(self, info: Info) -> AccountResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            await account.has_read_changes(conn, me)
        return await _account(info.context, me)

    @strawberry.mutation(description="somebody from elsewhere says which ward she is going to move to; null: none")
    @told
    async def choose_moving_to(self, info: Info, ward: strawberry.ID | None = None) -> AccountResult:
        me, house = await info.context.someone(), info.context.house
        async with house.db.resident(me.id) as conn:
            await account.choose_moving_to(conn, me, ward, house.catalogue.wards, house.clock())
        return await _account(info.context, me)

    @strawberry.mutation(description="the word she was shown, typed; a login within the grace calls it off")
    @told
    async def delete_account(self, info: Info, typed: str) -> EraseResult:
        me, house = await info.context.someone("delete_account"), info.context.house
        if unicodedata.normalize("NFKC", typed[:40]).strip().lower() not in ERASE_WORDS:
            raise FieldsRefused(say("fields_refused"), (FieldRefused("typed", "words", say("erase_words")),))
        now = house.clock()
        async with house.db.house() as conn:
            at = await erasing.ask(conn, me.id, rules=house.account_rules, now=now)
            await attempts.write_down(conn, realm="resident", outcome="erase_asked", now=now, who=me.id)
        return AccountErasingLens(at=at)

    @strawberry.mutation(description="she is in the first of two accounts; the token stays with this browser")
    @told
    async def begin_merge(self, info: Info) -> MergeBeginResult:
        await info.context.someone("merge_accounts")
        visitor, house = await _visitor(info.context), info.context.house
        now, token = house.clock(), house.new_token()
        async with house.db.house() as conn:
            await merging.wish(conn, visitor.resident.id, token, visitor.device, now)
        return MergeBegunLens(token=token, until=now + house.account_rules.merge_within)

    @strawberry.mutation(description="she is in the second one: what will be, before she says yes")
    @told
    async def offer_merge(self, info: Info, token: str) -> MergeOfferResult:
        visitor, house = await _visitor(info.context), info.context.house
        await info.context.take("code")
        async with house.db.house() as conn:
            both = await merging.pair(
                conn,
                visitor.resident,
                token,
                browser=visitor.device,
                proved_at=visitor.assurance.at,
                rules=house.account_rules,
                keys=house.keys,
                now=house.clock(),
            )
        return MergeOfferLens(stays=await _side(info.context, both.stays), goes=await _side(info.context, both.goes))

    @strawberry.mutation(description="both become one, and cannot be parted again")
    @told
    async def merge_accounts(self, info: Info, token: str) -> MergeResult:
        visitor, house = await _visitor(info.context), info.context.house
        await info.context.take("code")
        now = house.clock()
        async with house.db.house() as conn:
            both = await merging.pair(
                conn,
                visitor.resident,
                token,
                browser=visitor.device,
                proved_at=visitor.assurance.at,
                rules=house.account_rules,
                keys=house.keys,
                now=now,
            )
            await merging.merge(conn, both, pairwise=house.pairwise, now=now)
            await attempts.write_down(conn, realm="resident", outcome="merged", now=now, who=both.stays.id)
        return await _account(info.context, both.stays)


async def _account(context: Context, me: Resident) -> AccountLens:
    async with context.house.db.resident(me.id) as conn:
        found: Any = await account.of(conn, me, context.house.clock())
    return found  # type: ignore[no-any-return]


async def _side(context: Context, one: Resident) -> MergeSideLens:
    async with context.house.db.resident(one.id) as conn:
        seen = await account.of(conn, one, context.house.clock())
        sent = await applications.page(conn, one.id, 100, None)
    return MergeSideLens(
        name=one.basics.name, known_by=KnownByName(seen.known_by), made_at=seen.made_at, applications=len(sent)
    )


async def _visitor(context: Context) -> Visitor:
    await context.someone("see_own")
    visitor = await context.visitor()
    if visitor is None:
        raise SignInNeeded(say("sign_in_needed"))
    return visitor
