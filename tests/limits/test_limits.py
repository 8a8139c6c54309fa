"""How often one may try: counted for all processes together, forgotten when it is over, and by nobody's name."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from sqlalchemy import text

from bff import limits
from bff.db import Database
from bff.errors import TooManyTries
from bff.limits import Limits, address_of
from bff.settings import DEMO_SECRET, SettingsRefused
from bff.settings.reading import networks

START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "198.51.100.8"


@dataclass
class Clock:
    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now


def a_process(db: Database, clock: Clock, factor: float = 1) -> Limits:
    return Limits(db, clock=clock, secret=DEMO_SECRET.encode(), trusted=(), factor=factor)


async def tries(process: Limits, kind: str, *, account: object = None, address: str | None = None) -> int:
    """How many are let through before one is refused."""
    for count in range(10_000):
        try:
            await process.take(kind, account=account and str(account), address=address)
        except TooManyTries:
            return count
    raise AssertionError("never refused")


async def test_a_code_may_be_tried_five_times_and_once_more_each_three_minutes(db: Database) -> None:
    clock, hana = Clock(), uuid4()
    door = a_process(db, clock)
    assert await tries(door, "code", account=hana) == 5
    with pytest.raises(TooManyTries) as refused:
        await door.take("code", account=hana)
    assert refused.value.retry_after == 180
    assert "3分" in refused.value.message.ja
    clock.now += timedelta(minutes=3)
    assert await tries(door, "code", account=hana) == 1
    clock.now += timedelta(minutes=15)
    assert await tries(door, "code", account=hana) == 5


async def test_processes_count_together_and_each_account_and_kind_alone(db: Database) -> None:
    clock, hana, ken = Clock(), uuid4(), uuid4()
    one, other = a_process(db, clock), a_process(db, clock)
    assert await tries(one, "code", account=hana) == 5
    assert await tries(other, "code", account=hana) == 0
    assert await tries(other, "code", account=ken) == 5
    assert await tries(other, "passkey", account=hana) == 20


async def test_an_address_meets_its_limit_whatever_accounts_it_makes_up(db: Database) -> None:
    door = a_process(db, Clock())
    for _ in range(20):
        await door.take("code", account=uuid4(), address=HERE)
    with pytest.raises(TooManyTries):
        await door.take("code", account=uuid4(), address=HERE)
    await door.take("code", account=uuid4(), address=THERE)


async def test_what_is_asked_all_the_time_is_counted_in_leases(db: Database) -> None:
    """300 a minute and a first lease of 25 for each process."""
    clock, one, other = Clock(), uuid4(), uuid4()
    first, second = a_process(db, clock), a_process(db, clock)
    assert await tries(first, "graphql", account=one) == 325
    assert await tries(second, "graphql", account=one) == 25
    assert await tries(second, "graphql", account=other) == 325


async def test_a_request_on_a_hot_path_costs_microseconds(db: Database) -> None:
    door, session = a_process(db, Clock(), factor=1000), "s" * 43
    await door.take("graphql", account=session, address=HERE)
    begun = time.perf_counter()
    for _ in range(2_000):
        await door.take("graphql", account=session, address=HERE)
    assert (time.perf_counter() - begun) / 2_000 < 0.001


async def test_no_address_and_no_account_stands_in_the_database_and_marks_are_forgotten(db: Database) -> None:
    clock, hana = Clock(), uuid4()
    door = a_process(db, clock)
    assert await tries(door, "code", account=hana, address=HERE) == 5
    for _ in range(10):
        assert await tries(door, "code", account=hana, address=HERE) == 0
    async with db.house() as conn:
        marks = (await conn.execute(text("SELECT encode(mark, 'escape') FROM limit_marks"))).scalars().all()
        refused = (await conn.execute(text("SELECT kind, per, seconds FROM limit_refusals"))).all()
        assert len(marks) == 2
        assert not [mark for mark in marks if HERE in mark or str(hana) in mark]
        assert refused == [("code", "account", 180)]
        await limits.forget_old(conn, clock.now + timedelta(minutes=16))
        assert await conn.scalar(text("SELECT count(*) FROM limit_marks")) == 0
        assert await conn.scalar(text("SELECT count(*) FROM limit_refusals")) == 1
        await limits.forget_old(conn, clock.now + timedelta(days=91))
        assert await conn.scalar(text("SELECT count(*) FROM limit_refusals")) == 0


@pytest.mark.parametrize(
    ("headers", "peer", "trusted", "told"),
    [
        ({"x-forwarded-for": THERE}, HERE, "", HERE),
        ({"x-forwarded-for": THERE}, HERE, "10.0.0.0/8", HERE),
        ({"x-forwarded-for": THERE}, "10.0.0.1", "10.0.0.0/8", THERE),
        ({"x-forwarded-for": f"203.0.113.1, {THERE}"}, "10.0.0.1", "10.0.0.0/8", THERE),
        ({"x-forwarded-for": f"{THERE}, 10.0.0.9"}, "10.0.0.1", "10.0.0.0/8", THERE),
        ({"x-forwarded-for": "<script>"}, "10.0.0.1", "10.0.0.0/8", "unknown"),
        ({}, "10.0.0.1", "10.0.0.0/8", "10.0.0.1"),
        ({"x-forwarded-for": THERE}, "::ffff:10.0.0.1", "10.0.0.0/8", THERE),
        ({}, "::ffff:192.0.2.7", "", HERE),
        ({}, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ({}, None, "", "unknown"),
    ],
)
def test_a_forwarded_address_is_believed_of_a_trusted_proxy_alone(
    headers: Mapping[str, str], peer: str | None, trusted: str, told: str
) -> None:
    assert address_of(headers, peer, networks("TRUSTED_PROXIES", trusted)) == told


def test_networks_are_read_or_refused_by_name() -> None:
    assert networks("TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1") == (
        ip_network("10.0.0.0/8"),
        ip_network("192.0.2.1/32"),
    )
    with pytest.raises(SettingsRefused, match="KURASHIMADO_TRUSTED_PROXIES"):
        networks("TRUSTED_PROXIES", "everywhere")
