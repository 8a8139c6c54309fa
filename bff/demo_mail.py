"""The demo city's inbox of 佐藤 はな: from ward, school, nursery, nation and a company; one corrected, one taken back,
one with a file, so that sorting, searching and muting can be tried. She and グエン ティ ラン get
what 港区 tries out."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import contacts
from bff.contacts import child_key
from bff.demo_money import CLIENT, REALM
from bff.identity import residents
from bff.identity.basics import Basics
from bff.identity.providers import CARD
from bff.identity.residents import Resident
from bff.wiring import House
from infra.sandbox.keys import pairwise
from notifications import delivery
from notifications.attachments import store
from notifications.attachments.store import Kept
from notifications.broadcasts import senders
from notifications.jobs import JAPAN
from notifications.notice import Kind, Notice, Text
from notifications.post.keeping import Texts
from notifications.post.publish import recall, revise
from notifications.tables import notices

CITY: Final = UUID("1a7e5b90-33c8-4f2e-9d55-0b6a4f2d8e10")
WARD, PERSONA = "131032", "hana"
LETTERS: Final = Path(__file__).with_suffix(".toml")


async def fill(house: House) -> None:
    """Idempotent: a letter that is there stays as it is, with what she did with it."""
    letters = tomllib.loads(LETTERS.read_text("utf-8"))
    async with house.db.house() as conn:
        hana = await _account(conn, house, PERSONA)
        for resident in (hana, await _account(conn, house, "lan")):
            await senders.add_tester(conn, ward=WARD, school=None, resident=resident.id)
        for name, letter in letters.items():
            await _tell(conn, house, hana, name, letter)
    await house.close()


async def _account(conn: AsyncConnection, house: House, persona: str) -> Resident:
    """As her first login makes it."""
    welcomed = await residents.welcome(
        conn,
        issuer=house.providers[CARD].provider.issuer,
        sub=pairwise(REALM, CLIENT, persona),
        basics=Basics(),
        wards=house.wards,
        keys=house.keys,
        new_id=house.new_id,
        now=house.clock(),
        pairwise=house.pairwise.current,
    )
    await contacts.came(conn, replace(welcomed.resident, ward=WARD), house.clock())
    return welcomed.resident


async def _tell(conn: AsyncConnection, house: House, whose: Resident, name: str, letter: dict[str, Any]) -> None:
    told, now = _notice(house, name, letter), house.clock()
    if await _is_known(conn, told.id):
        return
    if "file" in letter:
        kept = _map(uuid5(CITY, f"{name}:file"), letter["file"], house)
        await store.attach(conn, notice=told.id, ward=WARD, school=None, kept=kept, by="見本データ", now=now)
    child = child_key(house.person_secret, WARD, letter["child"]) if "child" in letter else None
    await delivery.tell_one(conn, house.defer, whose.id, told, child=child)
    if "corrected" in letter:
        texts = Texts(title=told.title, body=Text(**letter["corrected"]))
        await revise(conn, house.defer, told.id, texts, letter["why"], now=now)
    if letter.get("recalled"):
        await recall(conn, house.defer, told.id, letter["why"], now=now)


def _notice(house: House, name: str, letter: dict[str, Any]) -> Notice:
    today, asked = house.today(), letter.get("asks")
    sent_at = datetime.combine(today - timedelta(days=letter["days_ago"]), time(9, 10), JAPAN)
    until = today + timedelta(days=letter["until"]) if "until" in letter else None
    return Notice(
        id=uuid5(CITY, name),
        ward=WARD,
        kind=Kind(letter["kind"]),
        sender=Text(**letter["sender"]),
        title=Text(**letter["title"]),
        body=Text(**letter["body"]),
        sent_at=min(sent_at, house.clock()),
        act_by=None if asked else until,
        sender_key=letter["sender_key"],
        topic=letter["topic"],
        asks={"kind": asked, "until": str(until), "questions": [], "one_is_enough": False} if asked else None,
    )


async def _is_known(conn: AsyncConnection, id: UUID) -> bool:
    return (await conn.execute(select(notices.c.id).where(notices.c.id == id))).first() is not None


def _map(id: UUID, name: str, house: House) -> Kept:
    """A made-up plan of the way, drawn here: as a PDF and as the picture of its one page."""
    page = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(((120, 900, 1120, 900), (620, 200, 620, 1500), (200, 1300, 1050, 500))):
        pen.line(line, fill=("black", "gray", "navy")[number], width=24)
    pen.ellipse((560, 840, 680, 960), fill="crimson")
    written, drawn = io.BytesIO(), io.BytesIO()
    page.save(written, "PDF", resolution=150)
    page.save(drawn, "JPEG", quality=80)
    pages = [("image/jpeg", drawn.getvalue())]
    return Kept(id, name, "application/pdf", written.getvalue(), pages, house.today() + timedelta(days=90))
