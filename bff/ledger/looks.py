"""Looks at a resident's data by a person: an official, a guardian or a delegate.

They stand in the message log beside the readings of other bodies, so that one chain proves both and one page shows
both (個人情報の保護に関する法律66条).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange import message_log
from bff.exchange.message_log import ANSWERED, Entry
from bff.exchange.silence import Why
from bff.ledger import wishes

Kind = Literal["official", "guardian", "delegate", "resident", "holder"]


@dataclass(frozen=True)
class Looker:
    """Who looks: `at` is the ward's code for an official, `self` when she does herself, else the kind of tie.

    A `holder` has something of hers in hand, and no more is known of him.
    """

    kind: Kind
    id: UUID
    at: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.at}"


@dataclass(frozen=True)
class Look:
    """One look; `resident` None: at a list of many. `what` is the kind of data (`application`, `home`), `case` the case
    or reason it rests on, never empty; `what`, `purpose` and `basis` have texts in `bff/exchange/texts.toml`."""

    resident: UUID | None
    by: Looker
    what: str
    purpose: str
    basis: str
    case: str
    allowed: bool = True

    def __post_init__(self) -> None:
        if not self.case.strip():
            raise ValueError("no look without a case or a reason")


async def note(conn: AsyncConnection, look: Look, *, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Through the house's door, before what is looked at is handed on; refused looks too."""
    await message_log.write(
        conn,
        Entry(
            at=now,
            message=new_id(),
            asker=look.by.kind,
            resident=look.resident,
            subject="",
            source="house",
            service=look.what,
            purpose=look.purpose,
            basis=look.basis,
            request_digest=None,
            answer_digest=None,
            outcome=ANSWERED if look.allowed else str(Why.REFUSED),
            status=None,
            took_ms=0,
            direction="within",
            caller=str(look.by),
            user_id=str(look.by.id),
            issue=look.case,
        ),
    )
    if look.resident is not None and look.by.kind != "resident":
        await wishes.tell(conn, look.resident, by=str(look.by.id), at=look.by.at, now=now)
