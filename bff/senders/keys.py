"""Who may send: senders and their keys. A key is 256 bits of chance, shown once and kept as its hash."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, get_args
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.senders.tables import sender_keys, senders
from life_events import Text

Kind = Literal["ward", "school", "nation", "private"]
Scope = Literal["notices", "cases", "emergency"]
SCOPES: Final[tuple[str, ...]] = get_args(Scope)
LIVE, TRIAL = "kmk_live_", "kmk_trial_"
SENDER: Final = re.compile(
    r"ward:(?P<ward>[0-9]{6})|school:(?P<of>[0-9]{6}):(?P<school>[\w-]{1,60})|nation:[a-z0-9_-]{1,60}|private:[a-z0-9_-]{1,60}"
)
USED_EVERY: Final = timedelta(minutes=5)
LONGEST_LABEL: Final = 60


class NotASender(ValueError):
    """No id of a sender, or a scope there is none of."""


@dataclass(frozen=True)
class Sender:
    """`id`: the mail room's `sender_key`. `ward`: whose it is, for a ward and its schools. `url`: where it is told what
    became of its events; None: it asks."""

    id: str
    kind: Kind
    ward: str | None
    name: Text
    url: str | None

    @property
    def school(self) -> str | None:
        """Its name as the ward's service of schools and its own roster have it; None: no school."""
        found = SENDER.fullmatch(self.id)
        return found["school"] if found else None


@dataclass(frozen=True)
class Key:
    """`trial`: it reaches pretend recipients and nobody else."""

    id: UUID
    sender: str
    label: str
    scopes: frozenset[str]
    trial: bool
    made_by: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Caller:
    sender: Sender
    key: Key


async def keep_sender(conn: AsyncConnection, id: str, *, name: Text, url: str | None, now: datetime) -> Sender:
    """Made or changed. Raises NotASender."""
    kind, ward = read_id(id)
    named = {"ja": name.ja, "easy": name.easy, "en": name.en}
    made = insert(senders).values(id=id, kind=kind, ward=ward, name=named, url=url, made_at=now)
    await conn.execute(made.on_conflict_do_update(index_elements=["id"], set_={"name": named, "url": url}))
    return Sender(id, kind, ward, name, url)


async def make_key(
    conn: AsyncConnection,
    sender: Sender,
    *,
    id: UUID,
    label: str,
    scopes: Collection[str],
    trial: bool,
    by: str,
    now: datetime,
) -> str:
    """The key itself: this once. Raises NotASender."""
    if not scopes or not set(scopes) <= set(SCOPES) or not 0 < len(label) <= LONGEST_LABEL:
        raise NotASender("scopes")
    if "emergency" in scopes and sender.kind not in ("ward", "school"):
        raise NotASender("only a ward and its schools send emergencies")
    key = f"{TRIAL if trial else LIVE}{secrets.token_urlsafe(32)}"
    line = {"id": id, "sender": sender.id, "ward": sender.ward, "label": label, "hash": hashed(key)}
    line |= {"scopes": sorted(scopes), "trial": trial, "made_by": by, "made_at": now}
    await conn.execute(insert(sender_keys).values(**line))
    return key


async def revoke(conn: AsyncConnection, key: UUID, now: datetime) -> bool:
    """From now on it opens nothing. False: there is no such key here."""
    ended = update(sender_keys).where(sender_keys.c.id == key, sender_keys.c.revoked_at.is_(None))
    return (await conn.execute(ended.values(revoked_at=now))).rowcount == 1


async def known_by(conn: AsyncConnection, key: str, now: datetime) -> Caller | None:
    """House door. None: no key, or one that was revoked."""
    asked = select(sender_keys, senders.c.kind, senders.c.name, senders.c.url, senders.c.ward.label("of_ward"))
    held = asked.join(senders, senders.c.id == sender_keys.c.sender)
    row = (await conn.execute(held.where(sender_keys.c.hash == hashed(key)))).first()
    if row is None or row.revoked_at is not None:
        return None
    old = or_(sender_keys.c.used_at.is_(None), sender_keys.c.used_at < now - USED_EVERY)
    await conn.execute(update(sender_keys).where(sender_keys.c.id == row.id, old).values(used_at=now))
    return Caller(Sender(row.sender, row.kind, row.of_ward, Text(**row.name), row.url), _key(row))


async def sender_of(conn: AsyncConnection, id: str) -> Sender | None:
    row = (await conn.execute(select(senders).where(senders.c.id == id))).first()
    return _sender(row) if row else None


async def listed(conn: AsyncConnection, kind: Kind | None = None) -> Sequence[Sender]:
    asked = select(senders).order_by(senders.c.id)
    rows = await conn.execute(asked if kind is None else asked.where(senders.c.kind == kind))
    return [_sender(row) for row in rows]


async def keys_of(conn: AsyncConnection, sender: str) -> Sequence[Key]:
    asked = select(sender_keys).where(sender_keys.c.sender == sender).order_by(sender_keys.c.made_at.desc())
    return [_key(row) for row in await conn.execute(asked)]


def read_id(id: str) -> tuple[Kind, str | None]:
    """Kind and ward of a sender's id; raises NotASender."""
    found = SENDER.fullmatch(id)
    if found is None:
        raise NotASender(f"{id!r}: ward:131032, school:131032:name, nation:name or private:name")
    kind = id.partition(":")[0]
    return kind, found["ward"] or found["of"]  # type: ignore[return-value]


def webhook_secret(secret: bytes, sender: str) -> bytes:
    """Under which we sign what we tell it; made of the house's own secret, so kept nowhere."""
    return hmac.digest(secret, b"webhook|" + sender.encode(), "sha256")


def hashed(key: str) -> bytes:
    return sha256(b"sender key\0" + key.encode()).digest()


def _sender(row: Any) -> Sender:
    return Sender(row.id, row.kind, row.ward, Text(**row.name), row.url)


def _key(row: Any) -> Key:
    return Key(
        row.id,
        row.sender,
        row.label,
        frozenset(row.scopes),
        row.trial,
        row.made_by,
        row.made_at,
        row.used_at,
        row.revoked_at,
    )
