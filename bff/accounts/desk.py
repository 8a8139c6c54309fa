"""A resident without a card: an official of a ward's desk checks her papers, registers her, and hands her a code.

Her account is one of the desk's (`issuer` desk:<ward>, `sub` random), with what her papers say as the four basic items;
she is known as surely as papers are (identity 2) and by one thing she has (authentication 1).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import codes
from bff.accounts.codes import Chance, Code
from bff.accounts.rules import Rules
from bff.accounts.tables import desk_codes, desk_numbers
from bff.identity import residents
from bff.identity.basics import Basics
from bff.identity.keys import KeyRing
from bff.identity.residents import Resident
from bff.identity.tables import residents as known

ISSUER: Final = "desk:"
SHOWN: Final = 30


@dataclass(frozen=True)
class By:
    """The official who acts, of which ward."""

    id: UUID
    name: str
    ward: str


@dataclass(frozen=True)
class Checked:
    """How she was recognised: `how` is a code of the staff page's words, `case` the case it belongs to."""

    how: str
    case: str


@dataclass(frozen=True)
class Registration:
    """One code of one registration, as the desk sees it; whose it is stands in the papers of the case, not here."""

    id: UUID
    number: str
    resident: UUID
    ward: str
    checked: str
    case_number: str
    official: UUID
    official_name: str
    made_at: datetime
    needs_second: bool
    second: UUID | None
    second_name: str | None
    expires_at: datetime | None
    ended_at: datetime | None
    ended: str | None

    def state(self, now: datetime) -> str:
        if self.ended:
            return self.ended
        if self.expires_at is not None:
            return "given" if now < self.expires_at else "expired"
        return "agreed" if self.second or not self.needs_second else "asked"


_columns = tuple(desk_codes.c[name] for name in Registration.__dataclass_fields__)


async def register(
    conn: AsyncConnection,
    id: UUID,
    *,
    basics: Basics,
    checked: Checked,
    by: By,
    rules: Rules,
    wards: list[tuple[str, str]],
    keys: KeyRing,
    pairwise: str,
    new_id: Callable[[], UUID],
    now: datetime,
) -> Registration:
    """A new account, and the wish for its first code (house door). Under the same `id` it is made once."""
    made = await one(conn, by.ward, id)
    if made is not None:
        return made
    welcomed = await residents.welcome(
        conn,
        issuer=f"{ISSUER}{by.ward}",
        sub=str(new_id()),
        basics=basics,
        wards=wards,
        keys=keys,
        new_id=new_id,
        now=now,
        pairwise=pairwise,
    )
    number = await conn.scalar(select(desk_numbers.next_value()))
    return await _wished(conn, id, welcomed.resident.id, f"D-{by.ward}-{number:06d}", checked, by, rules, now)


async def again(
    conn: AsyncConnection, id: UUID, *, number: str, checked: Checked, by: By, rules: Rules, now: datetime
) -> Registration | None:
    """Another code for whom this ward registered under `number`; codes that wait are worth nothing from now on.

    None: there is no such registration of this ward, or hers has become part of an account with a card, which no desk
    opens.
    """
    if (made := await one(conn, by.ward, id)) is not None:
        return made
    hers = (
        select(desk_codes.c.resident)
        .join(known, known.c.id == desk_codes.c.resident)
        .where(desk_codes.c.number == number, desk_codes.c.ward == by.ward, known.c.issuer.startswith(ISSUER))
    )
    resident = (await conn.execute(hers.limit(1))).scalar()
    if resident is None:
        return None
    open_ = (desk_codes.c.resident == resident, desk_codes.c.ended_at.is_(None))
    await conn.execute(update(desk_codes).where(*open_).values(ended_at=now, ended="replaced"))
    return await _wished(conn, id, resident, number, checked, by, rules, now)


async def agree(conn: AsyncConnection, kept: Registration, by: By, now: datetime) -> bool:
    """The second person's yes; False: it is not waiting, or by the same person."""
    waits = (desk_codes.c.id == kept.id, desk_codes.c.second.is_(None), desk_codes.c.ended_at.is_(None))
    values = {"second": by.id, "second_name": by.name, "second_at": now}
    if by.id == kept.official or not kept.needs_second:
        return False
    return (await conn.execute(update(desk_codes).where(*waits).values(values))).rowcount > 0


async def give(
    conn: AsyncConnection, kept: Registration, *, chance: Chance, rules: Rules, now: datetime
) -> Code | None:
    """The code, told here and never again; None: it was given already, or may not be yet."""
    if kept.state(now) != "agreed":
        return None
    code = codes.fresh(chance)
    hash = await asyncio.to_thread(codes.hashed, code, kept.id)
    values = {"place": code.place, "code_hash": hash, "expires_at": now + rules.code_lives}
    open_ = (desk_codes.c.id == kept.id, desk_codes.c.code_hash.is_(None), desk_codes.c.ended_at.is_(None))
    given = await conn.execute(update(desk_codes).where(*open_).values(values))
    return code if given.rowcount else None


async def withdraw(conn: AsyncConnection, kept: Registration, now: datetime) -> None:
    """The code is worth nothing any more; who has come in by it stays in."""
    open_ = (desk_codes.c.id == kept.id, desk_codes.c.ended_at.is_(None))
    await conn.execute(update(desk_codes).where(*open_).values(ended_at=now, ended="withdrawn"))


async def one(conn: AsyncConnection, ward: str, id: UUID) -> Registration | None:
    row = (await conn.execute(select(*_columns).where(desk_codes.c.id == id, desk_codes.c.ward == ward))).first()
    return _registration(row) if row else None


async def newest(conn: AsyncConnection, ward: str) -> list[Registration]:
    rows = select(*_columns).where(desk_codes.c.ward == ward).order_by(desk_codes.c.made_at.desc()).limit(SHOWN)
    return [_registration(row) for row in await conn.execute(rows)]


async def registered(conn: AsyncConnection, kept: Registration, keys: KeyRing) -> Resident | None:
    """Whom it is about, for the mail room (house door)."""
    return await residents.resident_of(conn, kept.resident, keys)


async def _wished(
    conn: AsyncConnection, id: UUID, resident: UUID, number: str, checked: Checked, by: By, rules: Rules, now: datetime
) -> Registration:
    values = {
        "id": id,
        "number": number,
        "resident": resident,
        "ward": by.ward,
        "checked": checked.how,
        "case_number": checked.case,
        "official": by.id,
        "official_name": by.name,
        "made_at": now,
        "needs_second": rules.second_look,
    }
    row = (await conn.execute(insert(desk_codes).values(values).returning(*_columns))).one()
    return _registration(row)


def _registration(row: Row[Any]) -> Registration:
    return Registration(**row._asdict())
