"""Applications for a ward on an old system: written as lines of its own layout into its folder `out/`."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.application import ANSWERS, Application
from bff.connectors.ward_counter.mapping import Proof
from bff.exchange import message_log
from bff.exchange.drop import rows
from bff.exchange.drop.folder import Point, write_whole
from bff.exchange.drop.tables import drop_applications as waiting
from bff.exchange.message_log import ANSWERED, Entry
from bff.family.acting import ActedBy, acted_by
from bff.identity.residents import Resident, resident_of
from bff.journeys.beside_lines import Beside, beside, told
from bff.journeys.drops import points
from bff.journeys.papers import papers_of
from bff.journeys.proving import proof_of
from bff.tasks import joining
from bff.wiring import House

AT_ONCE = 500
TOKYO = ZoneInfo("Asia/Tokyo")

log = structlog.get_logger()


@dataclass(frozen=True)
class _Written:
    application: Application
    row: bytes
    files: tuple[Beside, ...] = ()


async def by_file(house: House, sent: Application) -> bool:
    """Whether its ward takes applications as files; if so this one now waits for the next file."""
    outgoing = [one for one in await asyncio.to_thread(points, house) if not one.layout.incoming]
    if not any(one.ward == sent.ward for one in outgoing):
        return False
    async with house.db.house() as conn:
        await conn.execute(insert(waiting).values(application=sent.id, ward=sent.ward).on_conflict_do_nothing())
    return True


async def write_all(house: House, ward: str, name: str) -> None:
    """One file a batch, what belongs to it before it; one whose worker died is written again, under the same name."""
    point = next((one for one in await asyncio.to_thread(points, house) if (one.ward, one.name) == (ward, name)), None)
    while point is not None:
        async with house.db.house() as conn:
            await _look_again(conn, point)
            batch = await _batch(conn, ward)
        if batch is None:
            return
        written = await _prepared(house, point, batch)
        if written:
            await asyncio.to_thread(_write, house, point, batch, written)
        async with house.db.house() as conn:
            for one in written:
                await message_log.write(conn, _entry(house, point, batch, one))
            done = update(waiting).where(waiting.c.batch == batch, waiting.c.fault.is_(None))
            await conn.execute(done.values(written_at=house.clock()))


def _edition(point: Point) -> str:
    return f"（レイアウト {point.edition}）"


async def _look_again(conn: AsyncConnection, point: Point) -> None:
    """What did not fit into a layout that has been changed since."""
    unfit = (waiting.c.ward == point.ward, waiting.c.fault.is_not(None), ~waiting.c.fault.endswith(_edition(point)))
    await conn.execute(update(waiting).where(*unfit).values(fault=None, batch=None))


async def _batch(conn: AsyncConnection, ward: str) -> UUID | None:
    """The one that was begun, else a new one of what waits."""
    open_ = (waiting.c.ward == ward, waiting.c.written_at.is_(None), waiting.c.fault.is_(None))
    begun: UUID | None = await conn.scalar(select(waiting.c.batch).where(*open_, waiting.c.batch.is_not(None)).limit(1))
    if begun is not None:
        return begun
    some = select(waiting.c.application).where(*open_).limit(AT_ONCE).with_for_update()
    ids = (await conn.execute(some)).scalars().all()
    batch = uuid4()
    await conn.execute(update(waiting).where(waiting.c.application.in_(ids)).values(batch=batch))
    return batch if ids else None


async def _prepared(house: House, point: Point, batch: UUID) -> list[_Written]:
    written = []
    async with house.db.house() as conn:
        ids = (await conn.execute(select(waiting.c.application).where(waiting.c.batch == batch))).scalars().all()
        for id in sorted(ids):
            kept = await store.whose(conn, id)
            resident = await resident_of(conn, kept[0].resident, house.keys) if kept else None
            if kept is None or resident is None:
                continue
            try:
                by = await acted_by(house, kept[0])
                proof = _proof(await proof_of(conn, kept[0], resident))
                files = await _files(house, conn, point, kept[0], resident)
                row = rows.row(point.layout, _values(house, kept[0], kept[1], resident, by) | proof | told(files))
            except rows.Unfit as unfit:
                log.error("an application does not fit into its ward's layout", application=str(id), why=str(unfit))
                fault = f"{unfit}{_edition(point)}"
                await conn.execute(update(waiting).where(waiting.c.application == id).values(fault=fault))
            else:
                written.append(_Written(kept[0], row, files))
    return written


async def _files(
    house: House, conn: AsyncConnection, point: Point, sent: Application, resident: Resident
) -> tuple[Beside, ...]:
    papers, parts = await papers_of(house, sent, resident), await joining.added(conn, resident, sent.id)
    return beside(point.layout, sent.receipt_number, papers, parts)


def _values(
    house: House, sent: Application, sealed: bytes, resident: Resident, by: ActedBy | None
) -> dict[str, object]:
    answers = msgspec.json.decode(resident.key.open(ANSWERS, sealed), type=dict[str, Any])
    basics = resident.basics
    return {
        "key": sent.id,
        "receipt_number": sent.receipt_number,
        "procedure": sent.procedure,
        "procedure_name": house.catalogue.procedures[sent.procedure].name.ja,
        "version": sent.version,
        "completed_at": sent.completed_at,
        "accepted_at": sent.accepted_at,
        "applicant.id": house.refresher.subjects.in_ward(resident, sent.ward, sent.known_as).id,
        "applicant.name": basics.name,
        "applicant.address": basics.address,
        "applicant.birth_date": basics.birth_date,
        "on_behalf.name": by.name if by else "",
        "on_behalf.kind": by.kind.ja if by else "",
        **{f"answers.{name}": value for name, value in answers.items()},
    }


def _proof(proof: Proof | None) -> dict[str, object]:
    """That she signed it, and by what that is proved."""
    told = msgspec.structs.asdict(proof) if proof else {}
    return {"signed": proof is not None, **{f"signature.{name}": value for name, value in told.items()}}


def _write(house: House, point: Point, batch: UUID, written: list[_Written]) -> None:
    day = house.clock().astimezone(TOKYO).strftime("%Y%m%d")
    ending = "csv" if point.layout.form == "csv" else "txt"
    for one in written:
        for file in one.files:
            write_whole(point.folder("out") / file.name, file.content)
    path = point.folder("out") / f"applications-{day}-{str(batch)[:8]}.{ending}"
    write_whole(path, rows.header(point.layout) + b"".join(one.row for one in written))
    if point.layout.end_mark:
        write_whole(path.with_name(path.name + point.layout.end_mark), b"")


def _entry(house: House, point: Point, batch: UUID, one: _Written) -> Entry:
    return Entry(
        at=house.clock(),
        message=house.new_id(),
        asker="resident",
        resident=one.application.resident,
        subject="",
        source="counter",
        service=f"drop/{point.ward}/{point.name}/{batch}",
        purpose="application",
        basis="application",
        request_digest=hashlib.sha512(one.row).digest(),
        answer_digest=None,
        outcome=ANSWERED,
        status=None,
        took_ms=0,
    )
