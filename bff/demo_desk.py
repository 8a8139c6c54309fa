"""What 港区 has on the desk of its mail room in the demo city: a template with gaps, and an audience under a name."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from bff.demo_money import CITY
from bff.wiring import House
from notifications.audience import All, Audience, ChildAge, Speaks, Unit
from notifications.broadcasts import saved, templates
from notifications.broadcasts.templates import Words
from notifications.broadcasts.terms import Official
from notifications.notice import Kind, Language, Text

WARD: Final = "131032"
BY: Final = Official("demo", "見本データ", WARD, frozenset({"editor"}))
CHECK_UP: Final = Words(
    kind=Kind.ACTION,
    topic="health",
    title=Text(
        ja="{{ 月齢 }}児健診のお知らせ",
        easy="{{ 月齢 }}の あかちゃんの けんしん",
        en="Health check for babies of {{ 月齢 }}",
    ),
    body=Text(
        ja="{{ 日時 }}に、{{ 会場 }}で健診を行います。\n持ち物は、母子健康手帳です。\n問い合わせ先: {{ 電話 }}",
        easy="{{ 日時 }}に、{{ 会場 }}で けんしんを します。\n母子（ぼし）手ちょうが いります。\n電話: {{ 電話 }}",
        en="A health check takes place at {{ 会場 }} on {{ 日時 }}.\nPlease bring the mother and child handbook.\n"
        "Phone: {{ 電話 }}",
    ),
)
BABIES: Final = Audience(WARD, All((Speaks(Language.EASY), ChildAge(3, 6, Unit.MONTHS))))


async def fill(house: House) -> None:
    """Idempotent by names: what an official has changed since stays as it is."""
    now = house.clock()
    async with house.db.ward(WARD) as conn:
        names = {one.name for one in await templates.all_of(conn, BY)}
        if not names:
            await templates.make(conn, id=_id("template"), by=BY, name="乳幼児健診", words=CHECK_UP, now=now)
        if not await saved.all_of(conn, BY):
            name = "3〜6か月児の家庭（やさしい日本語）"
            await saved.save(conn, id=_id("audience"), by=BY, name=name, audience=BABIES, now=now)
    await house.close()


def _id(what: str) -> UUID:
    return uuid5(CITY, f"desk|{what}")
