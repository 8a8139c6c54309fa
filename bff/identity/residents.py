"""Residents: made at the first login by card, known by (issuer, sub) and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, and_, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import AccountClosed
from bff.identity.basics import Basics
from bff.identity.keys import DataKey, KeyRing, WrappedKey
from bff.identity.pairwise import FIRST
from bff.identity.tables import merged_accounts, residents
from bff.identity.wards import ward_of
from bff.texts import say

LANGUAGES = ("ja", "easy", "en", "zh-Hans", "zh-Hant", "ko", "vi", "ne", "tl", "pt")
_BASICS = "basics"
BEFORE: Final = "before"
FROM_PAPER: Final = "paper:"
"""How the issuer of somebody begins who is known from a paper alone: she has no account, and nobody logs in as her."""
CHANGE_SHOWN = timedelta(days=30)
"""What the card told before a change is kept until she has read what changed, and no longer than this."""


@dataclass(frozen=True)
class Resident:
    """`ward` is None outside of the 23 wards or when no address was given; `key` opens what is kept of her; `pairwise`
    is the version of the secret that her pseudonyms are made with; `language_chosen` whether the language is one that
    she chose."""

    id: UUID
    ward: str | None
    language: str
    key: DataKey
    basics: Basics
    basics_at: datetime
    pairwise: str = FIRST
    language_chosen: bool = False


@dataclass(frozen=True)
class Welcomed:
    """Who has logged in, and whether her ward is another than at her last login."""

    resident: Resident
    ward_changed: bool


columns = (
    residents.c.id,
    residents.c.ward,
    residents.c.language,
    residents.c.language_chosen,
    residents.c.key_id,
    residents.c.data_key,
    residents.c.basics,
    residents.c.basics_at,
    residents.c.pairwise,
)
"""What `opened` needs of a row."""


def opened(row: Row[*tuple[Any, ...]], keys: KeyRing) -> Resident:
    """The resident of a row that holds `columns`; raises `Unreadable`."""
    key = keys.open(row.id, WrappedKey(row.key_id, row.data_key))
    basics = msgspec.json.decode(key.open(_BASICS, row.basics), type=Basics)
    return Resident(row.id, row.ward, row.language, key, basics, row.basics_at, row.pairwise, row.language_chosen)


async def resident_of(conn: AsyncConnection, resident: UUID, keys: KeyRing) -> Resident | None:
    """None: there is no such resident (any more)."""
    row = (await conn.execute(select(*columns).where(residents.c.id == resident))).first()
    return opened(row, keys) if row else None


async def known_by(conn: AsyncConnection, issuer: str, sub: str) -> UUID | None:
    """Whose login (issuer, sub) is; None: nobody's yet."""
    row = await _found(conn, issuer, sub)
    return row.id if row else None


def of_ward(ward: str) -> Select[tuple[UUID]]:
    """Ids of those who live there, to be counted by within another room's statement."""
    return select(residents.c.id).where(residents.c.ward == ward)


async def every(conn: AsyncConnection, nth: int) -> list[UUID]:
    """Every `nth` resident by id: where a job that goes through all of them is cut."""
    numbered = select(residents.c.id, func.row_number().over(order_by=residents.c.id).label("place")).subquery()
    cuts = select(numbered.c.id).where(numbered.c.place % nth == 0).order_by(numbered.c.id)
    return list(await conn.scalars(cuts))


async def between(conn: AsyncConnection, after: UUID, until: UUID) -> list[UUID]:
    """The residents after `after`, up to and with `until`, by id."""
    range_ = (residents.c.id > after, residents.c.id <= until)
    return list(await conn.scalars(select(residents.c.id).where(*range_).order_by(residents.c.id)))


async def welcome(
    conn: AsyncConnection,
    *,
    issuer: str,
    sub: str,
    basics: Basics,
    wards: Iterable[tuple[str, str]],
    keys: KeyRing,
    new_id: Callable[[], UUID],
    now: datetime,
    pairwise: str = FIRST,
) -> Welcomed:
    """The resident who has just logged in, made when she comes for the first time; `pairwise`: the version of the
    secret for pseudonyms that those who come now are given.

    What the card tells now replaces what it told before; what she declines today stays as it was. A data key under
    an old master key is wrapped anew. Raises `AccountClosed`.
    """
    row = await _found(conn, issuer, sub)
    if row is None:
        await _make_if_new(conn, issuer, sub, keys, new_id(), now, pairwise)
        row = await _found(conn, issuer, sub)
    if row is None:
        raise LookupError("a resident who was made just now is not there")
    if row.closed_at is not None:
        raise AccountClosed(say("account_closed"))
    known, wrapped = opened(row, keys), WrappedKey(row.key_id, row.data_key)
    if not keys.is_current(wrapped):
        wrapped = keys.rewrap(known.id, wrapped)
    told = basics.over(known.basics, now)
    newest = Resident(
        id=known.id,
        ward=ward_of(told.address, wards),
        language=known.language,
        key=known.key,
        basics=told,
        basics_at=now if basics.given else known.basics_at,
        pairwise=known.pairwise,
        language_chosen=known.language_chosen,
    )
    await conn.execute(
        update(residents)
        .where(residents.c.id == known.id)
        .values(
            ward=newest.ward,
            basics=known.key.seal(_BASICS, msgspec.json.encode(told)),
            basics_at=newest.basics_at,
            key_id=wrapped.key_id,
            data_key=wrapped.wrapped,
            **_kept_of_change(row, known, told, now),
        )
    )
    return Welcomed(newest, newest.ward != known.ward)


async def comes(conn: AsyncConnection, resident: UUID, now: datetime) -> None:
    """Before a session of hers begins, however she came: a wish to be erased is called off by that. Raises
    `AccountClosed`."""
    hers = select(residents.c.closed_at, residents.c.erase_at).where(residents.c.id == resident).with_for_update()
    row = (await conn.execute(hers)).first()
    if row is None or row.closed_at is not None:
        raise AccountClosed(say("account_closed"))
    if row.erase_at is not None:
        stays = {"erase_at": None, "erase_asked_at": None, "erase_called_off_at": now}
        await conn.execute(update(residents).where(residents.c.id == resident).values(**stays))


async def is_leaving(conn: AsyncConnection, resident: UUID) -> bool:
    """Whether her account is to be erased: until then it lies still, and nobody but her calls it back."""
    hers = select(residents.c.id).where(residents.c.id == resident, residents.c.erase_at.is_not(None))
    return (await conn.execute(hers)).first() is not None


async def has_account(conn: AsyncConnection, resident: UUID) -> bool:
    """Whether there is anybody to read what is told her here."""
    issuer = await conn.scalar(select(residents.c.issuer).where(residents.c.id == resident))
    return issuer is not None and not issuer.startswith(FROM_PAPER)


async def lives_in(conn: AsyncConnection, resident: UUID, ward: str | None) -> bool:
    """Whether `ward` is hers, and it is until this transaction ends: a login that tells another waits for it."""
    hers = select(residents.c.ward).where(residents.c.id == resident).with_for_update(read=True)
    row = (await conn.execute(hers)).first()
    return row is not None and row.ward == ward


async def choose_language(conn: AsyncConnection, resident: UUID, language: str) -> None:
    """`language` is one of `LANGUAGES`."""
    chosen = {"language": language, "language_chosen": True}
    await conn.execute(update(residents).where(residents.c.id == resident).values(**chosen))


async def _found(conn: AsyncConnection, issuer: str, sub: str) -> Row[*tuple[Any, ...]] | None:
    """By the login itself, or by one that led to an account which is part of hers now; held until the end."""
    merged = select(merged_accounts.c.resident).where(merged_accounts.c.issuer == issuer, merged_accounts.c.sub == sub)
    is_hers = and_(residents.c.issuer == issuer, residents.c.sub == sub) | residents.c.id.in_(merged)
    wanted = select(*columns, residents.c.closed_at, residents.c.before).where(is_hers)
    return (await conn.execute(wanted.with_for_update(of=residents))).first()


def _kept_of_change(row: Row[*tuple[Any, ...]], known: Resident, told: Basics, now: datetime) -> dict[str, object]:
    """What the card told before, when it tells otherwise now; of several changes that she has not read, the first."""
    if not told.changed_from(known.basics):
        return {}
    before = row.before or known.key.seal(BEFORE, msgspec.json.encode(known.basics))
    return {"before": before, "before_until": now + CHANGE_SHOWN, "changed_at": now}


async def _make_if_new(
    conn: AsyncConnection, issuer: str, sub: str, keys: KeyRing, resident: UUID, now: datetime, pairwise: str
) -> None:
    wrapped = keys.fresh(resident)
    nothing = keys.open(resident, wrapped).seal(_BASICS, msgspec.json.encode(Basics()))
    await conn.execute(
        insert(residents)
        .values(
            id=resident,
            issuer=issuer,
            sub=sub,
            key_id=wrapped.key_id,
            data_key=wrapped.wrapped,
            basics=nothing,
            basics_at=now,
            language=LANGUAGES[0],
            made_at=now,
            pairwise=pairwise,
        )
        .on_conflict_do_nothing(index_elements=[residents.c.issuer, residents.c.sub])
    )
