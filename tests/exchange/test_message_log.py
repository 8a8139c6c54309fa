"""The log in the database: hers to read, no one's to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bff.db import Database
from bff.exchange import texts
from bff.exchange.evidence import chain
from bff.exchange.log_writing import LogWriter
from bff.exchange.message_log import Entry, readings
from bff.exchange.silence import Why

NOW = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
HANA, KEN = UUID(int=1), UUID(int=2)
ROW = Entry(
    at=NOW,
    message=uuid4(),
    asker="resident",
    resident=HANA,
    subject="a2b3",
    source="registry",
    service="TOKYO23/GOV/131032/registry/households",
    purpose="home",
    basis="consent",
    request_digest=b"r" * 64,
    answer_digest=b"a" * 64,
    outcome="answered",
    status=200,
    took_ms=12,
)


async def test_hana_sees_her_readings_newest_first_page_by_page(db: Database) -> None:
    log = LogWriter(db).keep
    for minute in range(3):
        await log(replace(ROW, at=NOW + timedelta(minutes=minute), message=uuid4()))
    await log(replace(ROW, resident=KEN))
    async with db.resident(HANA) as conn:
        newest = await readings(conn, HANA, first=2)
        assert [row.at for row in newest] == [NOW + timedelta(minutes=2), NOW + timedelta(minutes=1)]
        rest = await readings(conn, HANA, first=2, after=(newest[-1].at, newest[-1].id))
        assert [(row.at, row.source, row.outcome) for row in rest] == [(NOW, "registry", "answered")]
        assert await readings(conn, KEN, first=9) == []


async def test_a_row_of_the_log_is_never_changed(db: Database) -> None:
    await LogWriter(db).keep(ROW)
    async with db.resident(HANA) as conn:
        assert (await conn.execute(text("DELETE FROM exchange_log"))).rowcount == 0
    async with db.house() as conn:
        assert (await conn.execute(text("UPDATE exchange_log SET outcome = 'timeout'"))).rowcount == 0
        assert len(await readings(conn, HANA, first=9)) == 1
        await chain.link_new(conn)
        assert await chain.forget_older(conn, NOW + timedelta(seconds=1)) == 1


async def test_no_one_writes_it_but_the_house(db: Database) -> None:
    with pytest.raises(DBAPIError):
        async with db.resident(HANA) as conn:
            await conn.execute(
                text(
                    "INSERT INTO exchange_log (at, message, asker, subject, source, service, purpose, basis, outcome,"
                    " took_ms) VALUES (now(), :id, 'x', 'x', 'x', 'x', 'x', 'x', 'answered', 0)"
                ),
                {"id": uuid4()},
            )


@pytest.mark.parametrize("outcome", ["answered", *Why])
def test_every_outcome_has_its_words(outcome: str) -> None:
    assert texts.outcome_text(outcome).en


def test_codes_of_another_time_have_words_too() -> None:
    assert texts.purpose_text("of_2031").ja
    assert texts.basis_text("").easy
