"""Residents and their sessions in a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from secrets import token_bytes, token_urlsafe
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.consent import grants
from bff.db import Database
from bff.errors import Denied
from bff.exchange.reading import Subject
from bff.identity import residents, sessions, sweep
from bff.identity.assurance import Assurance
from bff.identity.keys import KeyRing
from bff.identity.residents import Basics, Resident
from bff.identity.sessions import Lifetimes

NOW = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
KEYS = KeyRing({"2025": bytes(32)}, "2025", token_bytes)
ROTATED = KeyRing({"2025": bytes(32), "2026": bytes(range(32))}, "2026", token_bytes)
MINATO, SETAGAYA = ("131032", "港区"), ("131121", "世田谷区")
HANA = Basics("佐藤 はな", "東京都港区芝公園一丁目5番25号", date(1990, 5, 2), "2")
LIVES = Lifetimes()


async def comes(conn: AsyncConnection, basics: Basics = HANA, keys: KeyRing = KEYS, now: datetime = NOW) -> Resident:
    return (await logs_in(conn, basics, keys, now)).resident


async def logs_in(
    conn: AsyncConnection, basics: Basics = HANA, keys: KeyRing = KEYS, now: datetime = NOW
) -> residents.Welcomed:
    return await residents.welcome(
        conn, issuer="i", sub="hana", basics=basics, wards=[MINATO, SETAGAYA], keys=keys, new_id=uuid4, now=now
    )


async def begin(conn: AsyncConnection, resident: Resident, ended: str | None = None) -> str:
    return await sessions.begin(
        conn,
        resident.id,
        now=NOW,
        lifetimes=LIVES,
        new_token=lambda: token_urlsafe(32),
        ended=ended,
        assurance=Assurance(identity=3, authentication=3, at=NOW, method="card"),
        new_id=uuid4,
    )


async def test_she_is_the_same_resident_after_moving(db: Database) -> None:
    async with db.house() as conn:
        first = await comes(conn)
        moved = await comes(conn, Basics("佐藤 はな", "東京都世田谷区世田谷四丁目", date(1990, 5, 2), "2"))
        assert (first.id, first.ward, moved.ward) == (moved.id, "131032", "131121")
        again = await residents.resident_of(conn, first.id, KEYS)
    assert again is not None
    assert again.basics.address == "東京都世田谷区世田谷四丁目"


async def test_what_she_declines_today_stays_as_it_was(db: Database) -> None:
    async with db.house() as conn:
        await comes(conn)
        later = await comes(conn, Basics(), now=NOW + timedelta(days=1))
    assert (later.basics, later.basics_at, later.ward) == (HANA.over(Basics(), NOW), NOW, "131032")


async def test_her_key_is_wrapped_anew_at_the_next_login(db: Database) -> None:
    async with db.house() as conn:
        first = await comes(conn)
        sealed = first.key.seal("facts", b"kept")
        await comes(conn, keys=ROTATED)
        assert (await conn.execute(text("SELECT key_id FROM residents"))).scalar_one() == "2026"
        now = await residents.resident_of(conn, first.id, ROTATED)
    assert now is not None
    assert now.key.open("facts", sealed) == b"kept"


async def test_a_session_is_found_by_its_token_alone(db: Database) -> None:
    async with db.house() as conn:
        token = await begin(conn, await comes(conn))
    visitor = await sessions.look_up(db, token, now=NOW, lifetimes=LIVES, keys=KEYS)
    assert visitor is not None
    assert visitor.resident.basics == HANA.over(Basics(), NOW)
    assert visitor.expires_at == NOW + timedelta(hours=12)
    assert await sessions.look_up(db, token[:-1] + "_", now=NOW, lifetimes=LIVES, keys=KEYS) is None
    async with db.house() as conn:
        stored = (await conn.execute(text("SELECT encode(token_hash, 'escape') FROM sessions"))).scalar_one()
        assert token not in stored


async def test_a_session_slides_for_an_hour_and_ends_after_twelve(db: Database) -> None:
    async with db.house() as conn:
        token = await begin(conn, await comes(conn))
    for minutes in range(59, 12 * 60, 59):
        now = NOW + timedelta(minutes=minutes)
        assert await sessions.look_up(db, token, now=now, lifetimes=LIVES, keys=KEYS), minutes
    end = NOW + timedelta(hours=12)
    assert await sessions.look_up(db, token, now=end, lifetimes=LIVES, keys=KEYS) is None


async def test_an_hour_of_nothing_ends_it(db: Database) -> None:
    async with db.house() as conn:
        token = await begin(conn, await comes(conn))
    late = NOW + timedelta(minutes=60)
    assert await sessions.look_up(db, token, now=late, lifetimes=LIVES, keys=KEYS) is None
    async with db.house() as conn:
        await sweep.forget_expired(conn, late, LIVES)
        assert (await conn.execute(text("SELECT count(*) FROM sessions"))).scalar_one() == 0


async def test_that_she_was_seen_is_written_once_a_minute(db: Database) -> None:
    seen = text("SELECT seen_at FROM sessions")
    async with db.house() as conn:
        token = await begin(conn, await comes(conn))
    await sessions.look_up(db, token, now=NOW + timedelta(seconds=59), lifetimes=LIVES, keys=KEYS)
    async with db.house() as conn:
        assert (await conn.execute(seen)).scalar_one() == NOW
    await sessions.look_up(db, token, now=NOW + timedelta(seconds=60), lifetimes=LIVES, keys=KEYS)
    async with db.house() as conn:
        assert (await conn.execute(seen)).scalar_one() == NOW + timedelta(seconds=60)


async def test_a_new_login_ends_the_session_this_browser_had(db: Database) -> None:
    async with db.house() as conn:
        hana = await comes(conn)
        first = await begin(conn, hana)
        elsewhere = await begin(conn, hana)
        second = await begin(conn, hana, ended=first)
    assert await sessions.look_up(db, first, now=NOW, lifetimes=LIVES, keys=KEYS) is None
    assert await sessions.look_up(db, elsewhere, now=NOW, lifetimes=LIVES, keys=KEYS)
    async with db.house() as conn:
        assert await sessions.end(conn, second) == hana.id
        assert await sessions.end(conn, second) is None


@pytest.mark.parametrize("door", ["resident", "ward"])
async def test_sessions_logins_and_officials_are_behind_the_house_door(db: Database, door: str) -> None:
    async with db.house() as conn:
        hana = await comes(conn)
        await begin(conn, hana)
        await conn.execute(
            text("INSERT INTO staff VALUES (:id, 'i', 's', 'n', '131032', 'd', '{editor}', now())"), {"id": uuid4()}
        )
    opened = db.resident(hana.id) if door == "resident" else db.ward("131121")
    async with opened as conn:
        for table in ("sessions", "login_attempts", "staff", "staff_sessions", "login_log"):
            assert (await conn.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0
        mine = (await conn.execute(text("SELECT count(*) FROM residents"))).scalar_one()
        assert mine == (1 if door == "resident" else 0)


@pytest.mark.parametrize("ward", ["", "13103", "minato"])
async def test_no_ward_is_an_empty_string(db: Database, ward: str) -> None:
    async with db.house() as conn:
        await comes(conn)
    with pytest.raises(IntegrityError):
        async with db.house() as conn:
            await conn.execute(text("UPDATE residents SET ward = :ward"), {"ward": ward})


async def test_a_reading_rests_on_a_yes_that_holds_and_on_no_other(db: Database) -> None:
    async with db.house() as conn:
        hana = await comes(conn)
        for source in ("care", "school"):
            await grants.give(conn, hana.id, source, purpose="home", text_version="1", now=NOW, new_id=uuid4)
        await grants.end(conn, hana.id, "care", NOW)
        held = await grants.granted(conn, hana.id)
        assert set(held) == {"school"}
        subject = Subject("p", "佐藤 はな", None, "", None)
        assert grants.reading(held, hana.id, "school", subject).basis == "consent"
        with pytest.raises(Denied):
            grants.reading(held, hana.id, "care", subject)
        await grants.give(conn, hana.id, "care", purpose="home", text_version="2", now=NOW, new_id=uuid4)
        assert (await grants.granted(conn, hana.id))["care"].text_version == "2"
