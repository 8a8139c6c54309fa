"""The demo city: made-up contacts in every ward's address book, so that an audience has a size."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.cases import chosen
from bff.cases.chosen import Chosen
from bff.effect import days
from bff.wiring import House
from notifications.notice import Language
from notifications.tables import contact_children, contacts

CITY = UUID("6d9c1a52-6b1e-4d6e-9f1b-2d0f8b0c23aa")
CONTACTS_A_WARD = 60
LANGUAGES = (Language.JA,) * 8 + (Language.EASY, Language.EN)
COUNTED = ("child_allowance_claim", "move_in_notice", "care_certification")
PEOPLE_AN_APPLICATION, PAST_DAYS = 5_000, 230
WORKS_HERE = "131121"
WORKED = {"nursery_status_report": 14, "allowance_details_change": 7, "rearing_allowance_report": 30}
YOUNGEST_DAYS, OLDEST_DAYS = 20, 18 * 365


async def fill(house: House) -> None:
    """Idempotent: the same made-up people each time, with children of today's ages."""
    chance = random.Random(23)  # noqa: S311 - made-up people, not secrets
    async with house.db.house() as conn:
        await _fill_address_book(conn, house, chance)
        await _fill_effect(conn, house, chance)
        await _choose_cases(conn, house)
    await house.close()


async def _fill_address_book(conn: AsyncConnection, house: House, chance: random.Random) -> None:
    """All of them in four statements, since every start waits for it."""
    today, people, children = house.today(), [], []
    for ward, _ in house.wards:
        for number in range(CONTACTS_A_WARD):
            resident = uuid5(CITY, f"{ward}:{number}")
            ages = {chance.randint(YOUNGEST_DAYS, OLDEST_DAYS) for _ in range(chance.choice((0, 1, 1, 2, 3)))}
            births = [today - timedelta(days=age) for age in sorted(ages)]
            children += [{"resident": resident, "birth_date": day, "ward": ward} for day in births]
            language = chance.choice(LANGUAGES).value
            people.append({"resident": resident, "ward": ward, "language": language, "kept_at": house.clock()})
    ours = [one["resident"] for one in people]
    known = set((await conn.execute(select(contacts.c.resident).where(contacts.c.resident.in_(ours)))).scalars())
    if new := [one for one in people if one["resident"] not in known]:
        await conn.execute(insert(contacts), new)
    await conn.execute(delete(contact_children).where(contact_children.c.resident.in_(ours)))
    await conn.execute(insert(contact_children), children)


async def _choose_cases(conn: AsyncConnection, house: House) -> None:
    """One ward works some procedures at /staff/cases; whatever its administrator has changed since stays."""
    if not await chosen.of_ward(conn, WORKS_HERE):
        wishes = {procedure: Chosen(here=True, standard_days=days) for procedure, days in WORKED.items()}
        await chosen.choose(conn, WORKS_HERE, wishes, by="西村 千夏", now=house.clock())


async def _fill_effect(conn: AsyncConnection, house: House, chance: random.Random) -> None:
    """Made-up counts of the months before the counting job's reach, so that the effect board has a past."""
    last = house.today() - days.STILL_CHANGES - timedelta(days=1)
    if await days.any_before(conn, last):
        return
    rows = []
    for ward, _ in house.wards:
        size = house.catalogue.wards[ward].population / PEOPLE_AN_APPLICATION
        for back in range(0, PAST_DAYS, 28):
            for procedure in COUNTED:
                sent = int(size * chance.uniform(0.5, 1.5) * (1 - back / (2 * PAST_DAYS)))
                counts = {"electronic": sent, "prefilled": sent * 6, "corrected": sent // 12, "decided": sent}
                counts |= {"automatable": sent, "automated": int(sent * 0.9)} if procedure == COUNTED[0] else {}
                line = {"day": last - timedelta(days=back), "ward": ward, "procedure": procedure}
                rows += [line | {"what": what, "n": n} for what, n in counts.items()]
            told = {"delivered": int(size * 20), "reached": int(size * 20 * chance.uniform(0.6, 0.8))}
            line = {"day": last - timedelta(days=back), "ward": ward, "procedure": days.NO_PROCEDURE}
            rows += [line | {"what": what, "n": n} for what, n in told.items()]
    await days.write(conn, rows)


def welcome(origin: str, sandbox: str) -> str:
    """What `make run` prints when everything stands."""
    return f"""
くらしまど is open.

  residents   {origin}/           「マイナンバーカードでログイン」→ choose a persona
              佐藤 はな (港区; a newborn, a move, a mother-in-law)   鈴木 健 (世田谷区)   グエン ティ ラン (港区)
              田中 ふみ (港区; care)   高橋 太郎 (港区; public servant)   and more on the persona page
  officials   {origin}/staff      港区 渡辺 writes, 港区 小林 approves; an emergency needs 港区 永井 too
  stand-ins   {sandbox}/          switches for silent services: {sandbox}/_faults   the ward's desk: {sandbox}/_ward

Ctrl-C closes.
"""
