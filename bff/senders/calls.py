"""What we tell a sender: signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature), tried
again with growing pauses, and only at the address that was registered for it."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import httpx
import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import Database
from bff.outgoing import Outgoing, places
from bff.senders import keys
from bff.senders.tables import sender_calls as kept
from bff.senders.tables import senders
from notifications.jobs import Defer

CALL: Final = "sender_call"
"""args: {"call": uuid}"""
PAUSES: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 480, 1440))
ANSWER: Final = 16 * 1024
PATIENCE: Final = 10.0
KEPT: Final = timedelta(days=30)
FRESH: Final = timedelta(minutes=5)
"""Older than that a receiver should take nothing: who has caught a call may not play it again."""


@dataclass(frozen=True)
class Calling:
    """`inside`: hosts that may stand on an address that is not public."""

    db: Database
    defer: Defer
    clock: Callable[[], datetime]
    secret: bytes
    inside: Collection[str]
    https_only: bool


async def tell(
    conn: AsyncConnection, defer: Defer, sender: str, what: str, *, id: UUID, now: datetime, **more: object
) -> None:
    """In the transaction of what it tells of; nothing for a sender that has no address."""
    if await conn.scalar(select(senders.c.url).where(senders.c.id == sender)) is None:
        return
    body = {"id": str(id), "type": what, "at": now.isoformat(), **more}
    await conn.execute(insert(kept).values(id=id, sender=sender, body=body, tries=0, made_at=now))
    await defer(conn, CALL, args={"call": str(id)})


async def call(way: Calling, id: UUID) -> None:
    """The job. Sent with no transaction open; 2xx is taken, 410 ends it, everything else is tried again."""
    async with way.db.house() as conn:
        asked = select(kept, senders.c.url).join(senders, senders.c.id == kept.c.sender).where(kept.c.id == id)
        row = (await conn.execute(asked)).first()
    if row is None or row.url is None or row.done_at is not None or row.given_up_at is not None:
        return
    status = await _sent(way, row)
    now = way.clock()
    async with way.db.house() as conn:
        changed: dict[str, Any] = {"tries": row.tries + 1, "status": status}
        if status is not None and 200 <= status < 300:  # noqa: PLR2004 - the class of a status
            changed["done_at"] = now
        elif status == httpx.codes.GONE or row.tries >= len(PAUSES):
            changed["given_up_at"] = now
        else:
            await way.defer(conn, CALL, args={"call": str(id)}, at=now + PAUSES[row.tries])
        await conn.execute(update(kept).where(kept.c.id == id).values(**changed))


async def forget_old(conn: AsyncConnection, now: datetime) -> None:
    await conn.execute(delete(kept).where(kept.c.made_at < now - KEPT))


def signed(secret: bytes, id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The three headers."""
    stamp = str(int(at.timestamp()))
    mac = hmac.digest(secret, b".".join((id.encode(), stamp.encode(), body)), "sha256")
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signature}


async def _sent(way: Calling, row: Any) -> int | None:
    """None: nobody answered, or the address leads where we do not go."""
    if way.https_only and not row.url.startswith("https://"):
        return None
    body = msgspec.json.encode(row.body)
    secret = keys.webhook_secret(way.secret, row.sender)
    headers = {"content-type": "application/json", **signed(secret, str(row.id), way.clock(), body)}
    async with Outgoing(places([row.url], way.inside), most=ANSWER, within=PATIENCE) as http:
        try:
            return (await http.post(row.url, content=body, headers=headers)).status_code
        except httpx.HTTPError:
            return None
