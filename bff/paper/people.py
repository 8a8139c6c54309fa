"""Whose paper it is: an account of the ward with the same name, day of birth and address, or nobody's.

Names are not looked through: each account leaves a keyed digest of its name and day of birth in its ward, and a clerk
who types both exactly finds the one, or finds nothing. What the account holds is not shown to him.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.family.standing import is_protected
from bff.identity import residents
from bff.identity.basics import Basics
from bff.identity.residents import FROM_PAPER, Resident
from bff.identity.tables import residents as known
from bff.paper.house import House
from bff.paper.tables import paper_people

AT_ONCE: Final = 500
_DIGITS: Final = str.maketrans("〇一二三四五六七八九", "0123456789")
_NUMBERS: Final = re.compile(r"[〇一二三四五六七八九十]+(?=丁目|番|号|-)")
_PARTS: Final = re.compile(r"丁目|番地|番|号|の(?=[0-9])|[‐-―−ー－]")

Kind = Literal["account", "paper", "differs", "several", "nobody"]


@dataclass(frozen=True)
class Who:
    """As the paper has it."""

    name: str
    born: date
    address: str


@dataclass(frozen=True)
class Match:
    """`account`: hers; `paper`: known from an earlier paper; `differs`: an account of that name and birth date has
    another address, and gets nothing (who is under protection is told of to nobody); `several`: more than one fits;
    `nobody`. `resident`: of the first two and of `differs`, for the ledger."""

    kind: Kind
    resident: UUID | None = None


async def find(house: House, conn: AsyncConnection, ward: str, who: Who) -> Match:
    """House door."""
    digest = digest_of(house.person_secret, ward, who.name, who.born)
    rows = await conn.execute(
        select(*residents.columns, known.c.issuer)
        .join(paper_people, paper_people.c.resident == known.c.id)
        .where(paper_people.c.digest == digest, known.c.ward == ward)
        .where(known.c.closed_at.is_(None), known.c.erase_at.is_(None))
        .order_by(known.c.made_at)
    )
    there = [(residents.opened(row, house.keys), row.issuer) for row in rows]
    same = [(one, issuer) for one, issuer in there if same_place(one.basics.address, who.address)]
    accounts = [one.id for one, issuer in same if not issuer.startswith(FROM_PAPER)]
    if len(accounts) > 1:
        return Match("several")
    if accounts:
        return Match("account", accounts[0])
    papers = [one.id for one, issuer in same if issuer.startswith(FROM_PAPER)]
    if papers:
        return Match("paper", papers[0])
    for other in (one.id for one, issuer in there if not issuer.startswith(FROM_PAPER)):
        if not await is_protected(conn, other, house.today()):
            return Match("differs", other)
    return Match("nobody")


async def made(house: House, conn: AsyncConnection, ward: str, who: Who, intake: UUID) -> Resident:
    """House door: somebody without an account, with what the paper says and no more."""
    welcomed = await residents.welcome(
        conn,
        issuer=f"{FROM_PAPER}{ward}",
        sub=str(intake),
        basics=Basics(name=who.name, address=who.address, birth_date=who.born),
        wards=((code, name) for code, name in house.wards if code == ward),
        keys=house.keys,
        new_id=house.new_id,
        now=house.clock(),
        pairwise=house.pairwise.current,
    )
    await keep(conn, house.person_secret, welcomed.resident, ward)
    return welcomed.resident


async def keep(conn: AsyncConnection, secret: bytes, resident: Resident, ward: str | None = None) -> None:
    """House door: so that she is found in her ward; `ward`: where her address does not name it."""
    basics, ward = resident.basics, ward or resident.ward
    if not (ward and basics.name and basics.birth_date):
        await conn.execute(delete(paper_people).where(paper_people.c.resident == resident.id))
        return
    digest = digest_of(secret, ward, basics.name, basics.birth_date)
    new = insert(paper_people).values(resident=resident.id, digest=digest)
    await conn.execute(new.on_conflict_do_update(index_elements=["resident"], set_={"digest": digest}))


async def take_up_some(house: House, after: UUID) -> UUID | None:
    """Those who have not logged in since this was built, some at once by id; the last of them, None: there are none."""
    async with house.db.house() as conn:
        unknown = (
            select(*residents.columns)
            .outerjoin(paper_people, paper_people.c.resident == known.c.id)
            .where(paper_people.c.resident.is_(None), known.c.ward.is_not(None), known.c.closed_at.is_(None))
            .where(known.c.id > after, known.c.erase_at.is_(None))
        )
        rows = (await conn.execute(unknown.order_by(known.c.id).limit(AT_ONCE))).all()
        for row in rows:
            await keep(conn, house.person_secret, residents.opened(row, house.keys))
    return rows[-1].id if rows else None


def digest_of(secret: bytes, ward: str, name: str, born: date) -> bytes:
    said = f"paper-person|{ward}|{bare(name)}|{born.isoformat()}"
    return hmac.digest(secret, said.encode(), "sha256")


def same_place(kept: str, said: str) -> bool:
    """Whether two addresses name the same place; one may leave out the prefecture, or the name of a building."""
    one, other = _place(kept), _place(said)
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return long == short or (long.startswith(short) and not (long[len(short)].isdigit() and short[-1].isdigit()))


def _place(address: str) -> str:
    plain = bare(address).removeprefix("東京都")
    plain = _NUMBERS.sub(lambda found: _number(found[0]), plain)
    return _PARTS.sub("-", plain).replace("--", "-").rstrip("-")


def _number(kanji: str) -> str:
    """Of numbers below a hundred, which streets have."""
    tens, ten, ones = kanji.partition("十")
    if not ten:
        return kanji.translate(_DIGITS)
    return str(int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0))


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
