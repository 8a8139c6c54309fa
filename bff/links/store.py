"""Linking, listing and unlinking of IDs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent import grants
from bff.exchange import message_log
from bff.exchange.message_log import ANSWERED, Entry
from bff.identity.failures import LoginFailed
from bff.identity.keys import DataKey
from bff.identity.oidc import Identified
from bff.identity.providers import Linkable
from bff.identity.residents import Resident
from bff.links.tables import linked_ids as rows
from life_events import contains_individual_number

PURPOSE: Final = "link"
LONGEST: Final = 200


@dataclass(frozen=True)
class LinkedId:
    """One ID of hers; `told` by the names of claims, as it told them at `told_at`."""

    provider: str
    told: Mapping[str, str]
    linked_at: datetime
    told_at: datetime


def source_of(provider: str) -> str:
    """How a linked ID is called among sources, in grants and in the message log."""
    return f"link:{provider}"


async def link(
    conn: AsyncConnection,
    resident: Resident,
    provider: str,
    who: Identified,
    how: Linkable,
    *,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Keep that this ID is hers, and of what it tells no more than `how.gives`; her yes and the reading are noted with
    it. Linking the same again renews what it told. Raises `LoginFailed`: `linked_elsewhere` when another person here
    has linked it, `linked_another` when she has linked another ID of this provider."""
    known = (await conn.execute(select(rows.c.sub).where(_of(resident.id, provider)))).scalar()
    if known is not None and known != who.sub:
        raise LoginFailed("linked_another", f"{provider}: another ID is linked already")
    told = resident.key.seal(_kind(provider), msgspec.json.encode(given(who.claims, how)))
    values = {"issuer": who.issuer, "sub": who.sub, "told": told, "told_at": now}
    made = insert(rows).values(resident=resident.id, provider=provider, linked_at=now, **values)
    try:
        async with conn.begin_nested():
            await conn.execute(
                made.on_conflict_do_update(
                    index_elements=[rows.c.resident, rows.c.provider], set_={"told": told, "told_at": now}
                )
            )
    except IntegrityError as taken:
        raise LoginFailed("linked_elsewhere", f"{provider}: linked by somebody else") from taken
    source = source_of(provider)
    await grants.give(conn, resident.id, source, purpose=PURPOSE, text_version=how.version, now=now, new_id=new_id)
    await message_log.write(conn, _entry(resident.id, source, who.issuer, now, new_id()))


async def linked(conn: AsyncConnection, resident: UUID, key: DataKey) -> Mapping[str, LinkedId]:
    """Her linked IDs by provider."""
    found = await conn.execute(
        select(rows.c.provider, rows.c.told, rows.c.linked_at, rows.c.told_at).where(rows.c.resident == resident)
    )
    return {
        row.provider: LinkedId(
            row.provider,
            msgspec.json.decode(key.open(_kind(row.provider), row.told), type=dict[str, str]),
            row.linked_at,
            row.told_at,
        )
        for row in found
    }


async def unlink(conn: AsyncConnection, resident: UUID, provider: str, now: datetime) -> bool:
    """Forget the ID and all that it told, and end her yes; False: none was linked."""
    gone = (await conn.execute(delete(rows).where(_of(resident, provider)).returning(rows.c.provider))).first()
    await grants.end(conn, resident, source_of(provider), now)
    return gone is not None


def given(claims: Mapping[str, object], how: Linkable) -> Mapping[str, str]:
    """Of what an ID tells, what was agreed and can be shown: short words and numbers, never a 個人番号."""
    told = {}
    for gift in how.gives:
        value = claims.get(gift.claim)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        text = "".join(letter for letter in text if letter.isprintable()).strip()[:LONGEST]
        if text and not contains_individual_number(text):
            told[gift.claim] = text
    return told


def _of(resident: UUID, provider: str) -> ColumnElement[bool]:
    return (rows.c.resident == resident) & (rows.c.provider == provider)


def _kind(provider: str) -> str:
    return f"link:{provider}"


def _entry(resident: UUID, source: str, issuer: str, now: datetime, message: UUID) -> Entry:
    """What it told was read once, on her yes: a row as of every other reading, without what was told."""
    return Entry(
        at=now,
        message=message,
        asker="resident",
        resident=resident,
        subject="",
        source=source,
        service=issuer[:200],
        purpose=PURPOSE,
        basis=grants.BASIS,
        request_digest=None,
        answer_digest=None,
        outcome=ANSWERED,
        status=None,
        took_ms=0,
    )
