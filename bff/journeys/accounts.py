"""Accounts whose time has come are erased, one transaction a person; what was told before a change is forgotten."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bff.accounts import account, erasing, holds
from bff.family import ending
from bff.wiring import House

log = structlog.get_logger()


async def erase_due(house: House) -> None:
    """One that cannot be erased hinders no other, and is tried again the next night."""
    async with house.db.house() as conn:
        await account.forget_changes(conn, house.clock())
        await holds.forget_outlived(conn, house.clock())
    after = UUID(int=0)
    while True:
        async with house.db.house() as conn:
            some = await erasing.due(conn, house.clock(), after)
        for resident in some:
            try:
                async with house.db.house() as conn:
                    await erasing.erase(conn, resident, house.clock())
            except (OSError, OperationalError, InterfaceError):
                raise
            except Exception:
                log.exception("an account could not be erased")
        if len(some) < erasing.AT_ONCE:
            return
        after = some[-1]


async def after_closing(house: House, resident: UUID) -> None:
    """What other rooms do when somebody has died; each may be done twice."""
    await ending.end_by_death(house, resident)
