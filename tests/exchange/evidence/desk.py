"""The evidence of a house whose time-stamp authority is the stand-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from bff.db import Database
from bff.exchange.evidence import chain, stamping
from bff.exchange.evidence.exporting import Wanted, bare, export
from bff.exchange.evidence.known import Known
from bff.exchange.evidence.seal import Signer
from bff.exchange.evidence.stamping import Authority, roots_of
from bff.exchange.evidence.verifying import Report, verify
from bff.exchange.log_writing import LogWriter
from bff.exchange.message_log import LOG_IS_KEPT
from tests.exchange.test_message_log import NOW, ROW

SOON = NOW + timedelta(hours=1)


@dataclass
class Desk:
    """The evidence of a house whose time-stamp authority is the stand-in."""

    db: Database
    authority: Authority

    async def exchanges(self, *residents: UUID | None) -> list[UUID]:
        """One exchange for each, in this order; their message ids."""
        log, messages = LogWriter(self.db).keep, [uuid4() for _ in residents]
        for message, resident in zip(messages, residents, strict=True):
            await log(replace(ROW, message=message, resident=resident))
        return messages

    async def seals(self) -> None:
        async with self.db.house() as conn:
            await chain.link_new(conn)
        async with self.db.house() as conn:
            newest = await stamping.newest_unstamped(conn)
        if newest is not None:
            token = await self.authority.stamp(newest[1])
            async with self.db.house() as conn:
                await stamping.keep_stamp(conn, newest[0], token, NOW)

    async def head(self) -> Known:
        async with self.db.house() as conn:
            return Known(*await chain.last_link(conn))

    async def tries(self, forgotten: datetime = NOW - LOG_IS_KEPT, known: Sequence[Known] = ()) -> Report:
        async with self.db.house() as conn:
            roots = roots_of(self.authority.roots)
            return await verify(conn, roots, before=SOON, forgotten=forgotten, known=known)

    async def hands_out(self, wanted: Wanted, signer: Signer) -> bytes:
        async with self.db.house() as conn:
            draft = await export(conn, wanted, signer, NOW)
        return draft.packed(bare(await self.authority.stamp(draft.value)))
