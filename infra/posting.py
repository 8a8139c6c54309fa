"""What a broadcast costs in the database, and an inbox in cities of growing size: `python -m infra.posting URL SIZE…`.

Beside `infra.load`, which imports none of ours: this measures our own functions, on made-up contacts of one ward.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from pyroaring import BitMap
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from notifications import inbox
from notifications.audience import All, Audience, ChildAge, Speaks
from notifications.audience.bitmaps import Bitmaps, fold
from notifications.notice import Kind, Language, Notice, Text
from notifications.post.asking import PAGE
from notifications.post.live import Live
from notifications.post.publish import publish
from notifications.tables import HERSELF

WARD = "131229"
"""Of the demo city's wards one in which nobody of it lives."""
BROADCASTS = 20
_MORE = (
    "DELETE FROM notices WHERE ward = :ward",
    "ALTER TABLE contacts DISABLE TRIGGER audience_made",
    "ALTER TABLE contact_children DISABLE TRIGGER audience_made",
    "INSERT INTO contacts (resident, ward, language, kept_at) SELECT uuidv7(), :ward,"
    " (ARRAY['ja', 'ja', 'easy', 'en'])[1 + n % 4], now() FROM generate_series(1, :more) AS n",
    "INSERT INTO contact_children (resident, birth_date, ward) SELECT resident, date '2008-01-01' + number % 6600, ward"
    " FROM contacts c WHERE ward = :ward AND number % 3 = 0 ON CONFLICT DO NOTHING",
    "DELETE FROM audience_changes WHERE ward = :ward",
    "INSERT INTO audience_changes (ward, key, number, holds) SELECT ward, k, number, true FROM contacts c,"
    " LATERAL (VALUES ('all'), ('speaks:' || language)) AS t (k) WHERE ward = :ward",
    "INSERT INTO audience_changes (ward, key, number, holds) SELECT k.ward, 'born:' || birth_date, number, true"
    " FROM contact_children k JOIN contacts USING (resident) WHERE k.ward = :ward",
    "ALTER TABLE contacts ENABLE TRIGGER audience_made",
    "ALTER TABLE contact_children ENABLE TRIGGER audience_made",
    "ANALYZE contacts, contact_children, notices, notice_acts, snapshots",
)


async def main(url: str, sizes: list[int]) -> None:
    """Prints a line of JSON for each size: milliseconds, bytes of log, and pages of an inbox's first page."""
    db = database.connect(url, pool_size=2)
    try:
        for size in sizes:
            await _grown(db, size)
            _swept(url)
            sys.stdout.write(json.dumps(await _measured(db, size)) + "\n")
            sys.stdout.flush()
    finally:
        await db.close()


async def _grown(db: database.Database, size: int) -> None:
    async with db.house() as conn:
        lives = text("SELECT count(*) FROM contacts WHERE ward = :ward")
        had = (await conn.execute(lives, {"ward": WARD})).scalar_one()
        for said in _MORE:
            given = {"ward": WARD, "more": size - had}
            await conn.execute(text(said), {name: value for name, value in given.items() if f":{name}" in said})
    async with db.house() as conn:
        await fold(conn)
    async with db.house() as conn:
        await conn.execute(text("SELECT mail_room_make_partition(current_date)"))


def _swept(url: str) -> None:
    """What was sent in the smaller city is gone from the pages too: an inbox would pass over it, as over dead rows."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM notices, snapshots, notice_acts, push_chunks")


async def _measured(db: database.Database, size: int) -> dict[str, Any]:
    return {"people": size, **await _previewed(db), **await _published(db), **await _read(db)}


async def _previewed(db: database.Database) -> dict[str, float]:
    """The second question and those after it: the first reads the ward."""
    bitmaps, rule = Bitmaps(), All((Speaks(Language.EASY), ChildAge(3, 5)))
    took = []
    async with db.ward(WARD) as conn:
        for _ in range(11):
            began = time.perf_counter()
            await bitmaps.members(conn, Audience(WARD, rule), date(2026, 11, 27))
            took.append((time.perf_counter() - began) * 1_000)
    return {"preview_ms": sorted(took[1:])[5], "preview_first_ms": took[0]}


async def _published(db: database.Database) -> dict[str, float]:
    """The median of BROADCASTS, each to everybody."""
    took, log = [], []
    for _ in range(BROADCASTS):
        async with db.house() as conn:
            members = await _everybody(conn)
            before = (await conn.execute(text("SELECT pg_current_wal_insert_lsn()"))).scalar_one()
            began = time.perf_counter()
            await publish(conn, database.defer, _notice(), members)
        took.append((time.perf_counter() - began) * 1_000)
        async with db.house() as conn:
            wrote = text("SELECT pg_current_wal_insert_lsn() - CAST(:before AS pg_lsn)")
            log.append(float((await conn.execute(wrote, {"before": before})).scalar_one()))
        await _nothing_is_pushed(db)
    return {"publish_ms": sorted(took)[BROADCASTS // 2], "log_bytes": sorted(log)[BROADCASTS // 2]}


async def _everybody(conn: AsyncConnection) -> BitMap:
    return await Bitmaps().members(conn, Audience(WARD), date(2026, 11, 27))


async def _nothing_is_pushed(db: database.Database) -> None:
    """What a worker would do next is measured elsewhere (infra/load/pushes.py)."""
    async with db.house() as conn:
        done = text("UPDATE push_chunks SET state = 'done' WHERE ward = :ward AND state <> 'done'")
        await conn.execute(done, {"ward": WARD})


async def _read(db: database.Database) -> dict[str, float]:
    """The first page of somebody's inbox: pages touched, and how long the process takes to know what is hers."""
    live = Live(lambda: datetime.now(UTC))
    async with db.house() as conn:
        someone = text("SELECT resident, number FROM contacts WHERE ward = :ward ORDER BY number LIMIT 1")
        resident, number = (await conn.execute(someone, {"ward": WARD})).one()
    async with db.resident(resident) as conn:
        page = await inbox.page(conn, live, resident=resident, first=20, after=None)
        known = live.of(resident)
        began = time.perf_counter()
        for _ in range(1_000):
            live.shown_to((number,))
        took = (time.perf_counter() - began) * 1_000
        pages = await _pages(conn, resident, [one.notice for one in known][:21])
    return {"pages": pages, "letters": len(page.nodes), "member_us": took}


async def _pages(conn: AsyncConnection, resident: UUID, hers: list[UUID]) -> int:
    explained = text("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + PAGE.text).bindparams(*PAGE._bindparams.values())
    far = datetime(3000, 1, 1, tzinfo=UTC)
    asked = {"resident": resident, "broadcasts": hers, "most": 21, "sent_at": far, "notice": HERSELF}
    touched = []
    for _ in range(8):  # the first ones read the catalogue too, and are planned each for itself
        ((plan,),) = (await conn.execute(explained, {**asked, "sent_on": far.date()})).all()
        top = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
        touched.append(int(top["Shared Hit Blocks"] + top["Shared Read Blocks"]))
    return touched[-1]


def _notice() -> Notice:
    words = Text.of("断水のお知らせ")
    return Notice(uuid4(), WARD, Kind.INFORMATION, words, words, words, datetime.now(UTC))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], [int(size) for size in sys.argv[2:]]))
