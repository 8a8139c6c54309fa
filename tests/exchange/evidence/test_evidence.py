"""Records of exchanges are linked, stamped and tried; whatever is changed is found where it was changed."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from bff.exchange.evidence import chain
from bff.exchange.evidence.stamping import NotStamped
from bff.exchange.evidence.walking import Fault, What
from bff.exchange.log_writing import LogWriter
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from tests.exchange.evidence.desk import Desk
from tests.exchange.test_message_log import HANA, KEN, NOW, ROW
from tests.town import Outside


async def tampers(database_url: str, statement: str) -> None:
    """As somebody who got into the database past every policy."""
    import psycopg

    async with await psycopg.AsyncConnection.connect(database_url, user="postgres") as conn:
        done = await conn.execute(statement)
        assert done.rowcount == 1, statement


async def test_what_nobody_touched_is_whole(desk: Desk) -> None:
    await desk.exchanges(HANA, KEN, None)
    await desk.seals()
    await desk.exchanges(HANA)
    await desk.seals()
    report = await desk.tries()
    assert (report.records, report.stamps, report.faults) == (4, 2, [])
    assert report.until is not None
    assert abs(report.until - datetime.now(UTC)) < timedelta(minutes=5)


async def test_the_rule_of_a_link_is_what_its_words_say(desk: Desk) -> None:
    await desk.exchanges(HANA)
    await desk.seals()
    async with desk.db.house() as conn:
        row = (await conn.execute(text("SELECT * FROM exchange_log"))).mappings().one()
        link = await conn.scalar(text("SELECT link FROM evidence_links"))
    told = {
        "id": str(row["id"]),
        "at": "2026-11-20T00:10:00.000000+00:00",
        "message": str(row["message"]),
        "asker": "resident",
        "resident": str(HANA),
        "subject": "a2b3",
        "source": "registry",
        "service": "TOKYO23/GOV/131032/registry/households",
        "purpose": "home",
        "basis": "consent",
        "request_digest": (b"r" * 64).hex(),
        "answer_digest": (b"a" * 64).hex(),
        "outcome": "answered",
        "status": "200",
        "took_ms": "12",
    }
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert bytes(link) == hashlib.sha512(bytes(64) + hashlib.sha512(canonical).digest()).digest()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE exchange_log SET took_ms = took_ms # 1 WHERE id = 2", Fault(What.RECORD_CHANGED, 2, 2)),
        ("UPDATE exchange_log SET answer_digest = NULL WHERE id = 1", Fault(What.RECORD_CHANGED, 1, 1)),
        ("UPDATE exchange_log SET outcome = 'refused' WHERE id = 3", Fault(What.RECORD_CHANGED, 3, 3)),
        ("UPDATE evidence_links SET link = set_bit(link, 77, 1 - get_bit(link, 77)) WHERE place = 2",
         Fault(What.LINK_CHANGED, 2, 2)),
        ("DELETE FROM exchange_log WHERE id = 2", Fault(What.RECORD_GONE, 2, 2)),
        ("DELETE FROM evidence_links WHERE place = 2", Fault(What.LINKS_GONE, 2, 0)),
        ("UPDATE evidence_stamps SET token = set_bit(token, 4000, 1 - get_bit(token, 4000)) WHERE place = 4",
         Fault(What.STAMP_WRONG, 4, 0)),
    ],
)  # fmt: skip
async def test_one_change_anywhere_is_found_where_it_is(
    desk: Desk, database_url: str, statement: str, fault: Fault
) -> None:
    await desk.exchanges(HANA, KEN, None, HANA)
    await desk.seals()
    await tampers(database_url, statement)
    assert fault in (await desk.tries()).faults


@pytest.mark.parametrize("what", ["exchange_log", "evidence_links"])
async def test_the_last_one_is_not_spared(desk: Desk, database_url: str, what: str) -> None:
    await desk.exchanges(HANA, KEN)
    await desk.seals()
    change = "took_ms = 0 WHERE id = 2" if what == "exchange_log" else "link = link || '' WHERE place = 2"
    if what == "evidence_links":
        change = "link = set_bit(link, 1, 1 - get_bit(link, 1)) WHERE place = 2"
    await tampers(database_url, f"UPDATE {what} SET {change}")
    assert (await desk.tries()).faults[-1].place == 2


async def test_every_bit_of_a_stamp_counts(desk: Desk, database_url: str) -> None:
    """Also those that the authority has not signed."""
    await desk.exchanges(HANA)
    await desk.seals()
    for bit in range(0, 8 * 600, 97):
        flip = f"UPDATE evidence_stamps SET token = set_bit(token, {bit}, 1 - get_bit(token, {bit}))"
        await tampers(database_url, flip)
        assert (await desk.tries()).faults == [Fault(What.STAMP_WRONG, 1, 0)], bit
        await tampers(database_url, flip)
    assert (await desk.tries()).faults == []


async def test_a_record_put_in_afterwards_is_outside_the_chain(desk: Desk) -> None:
    await desk.exchanges(HANA)
    await desk.seals()
    await desk.exchanges(KEN)
    assert (await desk.tries()).faults == [Fault(What.RECORD_ADDED, 0, 2)]


async def test_old_records_are_forgotten_and_the_rest_can_still_be_tried(desk: Desk) -> None:
    log = LogWriter(desk.db).keep
    await log(replace(ROW, message=uuid4(), at=NOW - timedelta(days=400)))
    await desk.seals()
    await desk.exchanges(HANA, KEN)
    await desk.seals()
    async with desk.db.house() as conn:
        assert await chain.forget_older(conn, NOW - timedelta(days=365)) == 1
        assert await chain.forget_older(conn, NOW - timedelta(days=365)) == 0
    report = await desk.tries(forgotten=datetime.now(UTC) + timedelta(minutes=1))
    assert (report.records, report.stamps, report.faults) == (2, 2, [])


async def test_what_is_gone_before_its_time_was_not_forgotten(desk: Desk, database_url: str) -> None:
    """The stamp on what is left tells that it was young."""
    await desk.exchanges(HANA)
    await desk.seals()
    await desk.exchanges(KEN)
    await desk.seals()
    await tampers(database_url, "DELETE FROM exchange_log WHERE id = 1")
    assert (await desk.tries()).faults == [Fault(What.FORGOTTEN_EARLY, 1, 0)]
    await tampers(database_url, "DELETE FROM evidence_links WHERE place = 1")
    assert Fault(What.FORGOTTEN_EARLY, 2, 0) in (await desk.tries()).faults


async def test_an_authority_that_is_silent_costs_nothing_but_time(desk: Desk, outside: Outside) -> None:
    await desk.exchanges(HANA)
    await outside.mode("time_stamps", "error")
    with pytest.raises(NotStamped):
        await desk.seals()
    await outside.mode("time_stamps", "garbage")
    with pytest.raises(NotStamped):
        await desk.seals()
    await outside.mode("time_stamps", "ok")
    await desk.exchanges(HANA)
    await desk.seals()
    assert (await desk.tries()).stamps == 1


async def test_openssl_knows_the_stamp_too(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "link").write_bytes(b"a link")
    (tmp_path / "reply").write_bytes(await desk.authority.stamp(b"a link"))
    command = ["openssl", "ts", "-verify", "-data", "link", "-in", "reply", "-CAfile", "roots.pem"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (told.returncode, "Verification: OK" in told.stdout) == (0, True), told.stderr


CUT_OFF = (
    "DELETE FROM exchange_log WHERE id = 3",
    "DELETE FROM evidence_links WHERE place = 3",
    "DELETE FROM evidence_stamps WHERE place = 3",
)


async def test_an_end_that_was_cut_off_is_missed_against_a_head_noted_before(desk: Desk, database_url: str) -> None:
    await desk.exchanges(HANA, KEN)
    await desk.seals()
    first = await desk.head()
    await desk.exchanges(HANA)
    await desk.seals()
    last = await desk.head()
    whole = await desk.tries(known=[first, last])
    assert (whole.known, whole.faults, (first.place, last.place)) == (2, [], (2, 3))
    for statement in CUT_OFF:
        await tampers(database_url, statement)
    assert (await desk.tries()).faults == []
    cut = await desk.tries(known=[first, last])
    assert (cut.known, cut.faults) == (1, [Fault(What.KNOWN_GONE, 3, 0)])
    await desk.exchanges(KEN)
    await desk.seals()
    forged = await desk.tries(known=[first, last])
    assert [(fault.what, fault.place) for fault in forged.faults] == [(What.KNOWN_CHANGED, 3)]


async def test_a_head_from_before_all_that_is_kept_is_told_and_is_no_fault(desk: Desk) -> None:
    await LogWriter(desk.db).keep(replace(ROW, message=uuid4(), at=NOW - timedelta(days=400)))
    await desk.seals()
    old = await desk.head()
    await LogWriter(desk.db).keep(replace(ROW, message=uuid4(), at=NOW - timedelta(days=399)))
    await desk.seals()
    await desk.exchanges(HANA)
    await desk.seals()
    async with desk.db.house() as conn:
        await chain.forget_older(conn, NOW - timedelta(days=365))
    report = await desk.tries(forgotten=datetime.now(UTC) + timedelta(minutes=1), known=[old, await desk.head()])
    assert (report.known, report.untried, report.faults) == (1, [1], [])


async def test_a_look_within_the_house_stands_in_the_chain_and_a_changed_one_is_named(
    desk: Desk, database_url: str
) -> None:
    await desk.exchanges(HANA)
    async with desk.db.house() as conn:
        look = Look(HANA, Looker("official", KEN, "131032"), "application", "application", "application", "2026-7")
        await looks.note(conn, look, now=NOW, new_id=uuid4)
    await desk.exchanges(HANA)
    await desk.seals()
    whole = await desk.tries()
    assert (whole.records, whole.faults) == (3, [])
    await tampers(database_url, "UPDATE exchange_log SET issue = 'another case' WHERE direction = 'within'")
    assert list((await desk.tries()).faults) == [Fault(What.RECORD_CHANGED, 2, 2)]
