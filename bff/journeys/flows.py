"""Flows under way: one job a recipient, each tried until it is there or named as silent; what was collected goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.applications import store
from bff.consent import grants
from bff.exchange.files.shelf import Shelf
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent
from bff.exchange.ways import runs
from bff.exchange.ways.box import Box, KeyTaken, Sheet
from bff.exchange.ways.flow import Flow, Way, flows
from bff.exchange.ways.picking import Source, picked
from bff.exchange.ways.runs import DELIVER, Delivery, Run
from bff.facts import store as facts
from bff.home.flows import Begin, grant_of
from bff.identity.residents import Resident, resident_of
from bff.journeys import listing
from bff.wiring import House

LONGEST_PAUSE = 3_600.0
TOKYO = ZoneInfo("Asia/Tokyo")

log = structlog.get_logger()


async def come_round(house: House, at: datetime) -> None:
    """What begins by itself, once a day or month however often this is called."""
    day = at.astimezone(TOKYO)
    keys = {"daily": f"{day:%Y-%m-%d}", "monthly": f"{day:%Y-%m}"}
    for flow in flows().values():
        if flow.schedule in keys:
            wish = Begin(house.new_id(), keys[flow.schedule], "くらしまど", None)
            async with house.db.house() as conn:
                await house.begin_flow(conn, flow, wish)


async def deliver(house: House, id: UUID, stage: str, ward: str) -> None:
    """One recipient's turn: what goes out is made and kept first, then handed over, then settled."""
    async with house.db.house() as conn:
        run, mine = await runs.one(conn, id), await runs.delivery(conn, id, stage, ward)
        if run is None or mine is None or mine.state != "waiting":
            return
        flow = flows()[run.flow]
        resident = await _whom(house, conn, run)
        if flow.way is Way.CUSTOM and (resident is None or not await _still_agreed(conn, flow, resident)):
            await runs.settle(conn, mine, "failed", house.clock(), why="no_consent")
            await _end_if_over(house, conn, flow, run, mine)
            return
        body = await _body(house, conn, flow, run, resident) if stage == "out" and flow.kind == "message" else b""
    sheet = await _sheet(house, run) if flow.kind == "file" else None
    box = Box(house.exchange, flow, _reading(house, flow, run, ward, resident))
    why, answer = None, None
    try:
        if stage == "in":
            answer = msgspec.json.encode(await box.figures())
        elif sheet is not None:
            await box.send(str(run.id), sheet, _reader(house, run.id))
        else:
            await box.put(str(run.id), body)
    except (Silent, KeyTaken) as failed:
        why = str(failed.why) if isinstance(failed, Silent) else "key_taken"
    await _settle(house, flow, run, mine, why, answer, answer or body or (msgspec.json.encode(sheet) if sheet else b""))


async def _settle(
    house: House, flow: Flow, run: Run, mine: Delivery, why: str | None, answer: bytes | None, told: bytes
) -> None:
    now = house.clock()
    async with house.db.house() as conn:
        if why is None:
            await runs.settle(conn, mine, "done", now, answer=answer, told=told)
        elif why == "key_taken" or mine.tries + 1 >= flow.tries:
            await runs.settle(conn, mine, "failed", now, why=why)
        else:
            await runs.settle(conn, mine, "waiting", now, why=why)
            pause = min(flow.pause * 2.0**mine.tries, LONGEST_PAUSE)
            args = {"run": str(run.id), "stage": mine.stage, "ward": mine.ward}
            await database.defer(conn, DELIVER, args=args, at=now + timedelta(seconds=pause))
        await _end_if_over(house, conn, flow, run, mine)


async def _end_if_over(house: House, conn: AsyncConnection, flow: Flow, run: Run, mine: Delivery) -> None:
    """When nobody is waited for: what was collected goes on, the silent ones named in it, or all is over."""
    kept = await runs.one(conn, run.id, hold=True)
    if kept is None or kept.stopped_at or await runs.waiting(conn, run.id, mine.stage):
        return
    every = await runs.deliveries_of(conn, run.id)
    if mine.stage == "in":
        content = msgspec.json.encode({"collected": _collected(every)})
        await runs.keep_content(conn, run.id, content)
        if flow.way is Way.COLLECT_AND_DISTRIBUTE and not any(one.stage == "out" for one in every):
            await runs.add(conn, run.id, "out", sorted(house.catalogue.wards), house.clock())
            return
    await runs.end(conn, run.id, house.clock(), b"" if flow.way is Way.CUSTOM else None)
    log.info("a flow ended", flow=flow.id, run=str(run.id), failed=sum(one.state == "failed" for one in every))


def _collected(every: Sequence[Delivery]) -> list[dict[str, Any]]:
    return [
        {"ward": one.ward, **msgspec.json.decode(one.answer)} if one.answer else {"ward": one.ward, "gap": one.why}
        for one in every
        if one.stage == "in"
    ]


async def _whom(house: House, conn: AsyncConnection, run: Run) -> Resident | None:
    kept = await store.whose(conn, run.application) if run.application else None
    return await resident_of(conn, kept[0].resident, house.keys) if kept else None


async def _still_agreed(conn: AsyncConnection, flow: Flow, resident: Resident) -> bool:
    return grant_of(flow) in await grants.granted(conn, resident.id)


async def _body(house: House, conn: AsyncConnection, flow: Flow, run: Run, resident: Resident | None) -> bytes:
    """The same at every try, under one key; what is about a person is kept under hers until it is there."""
    content: Any
    if resident is None:
        content = msgspec.json.decode(run.content or b"{}")
    elif run.content:
        return resident.key.open(f"flow:{run.id}", run.content)
    else:
        content = {"facts": await _facts(house, conn, flow, resident), "applicant": resident.basics.name}
    whole = {"flow": flow.id, "run": str(run.id), "purpose": flow.purpose, "basis": flow.basis, "owner": flow.owner}
    body = msgspec.json.encode({**whole, "sent_at": run.started_at.isoformat(), "content": content})
    if resident is not None:
        await runs.keep_content(conn, run.id, resident.key.seal(f"flow:{run.id}", body))
    return body


async def _sheet(house: House, run: Run) -> Sheet:
    """Made once and kept on the shelf, so that a try that goes on sends the same bytes."""
    if run.content:
        return msgspec.json.decode(run.content, type=Sheet)
    sheet = await listing.made(house, run)
    async with house.db.house() as conn:
        await runs.keep_content(conn, run.id, msgspec.json.encode(sheet))
    return sheet


def _reader(house: House, id: UUID) -> Callable[[int, int], Awaitable[bytes]]:
    async def read(at: int, most: int) -> bytes:
        return await asyncio.to_thread(Shelf(house.settings.files).read, id, at, most)

    return read


async def _facts(house: House, conn: AsyncConnection, flow: Flow, resident: Resident) -> list[dict[str, Any]]:
    kept = await facts.kept(conn, resident, house.clock())
    sources = {
        id: Source(
            held.told.part if held.told else None,
            held.told.at if held.told else None,
            str(held.gap.why) if held.gap else "not_asked",
        )
        for id, held in kept.items()
    }
    return picked(flow.fields, sources)


def _reading(house: House, flow: Flow, run: Run, ward: str, resident: Resident | None) -> Reading:
    if resident is None:
        nobody = Subject(id=f"flow-{run.id}", name="", birth_date=None, address="", ward=ward)
        return Reading(subject=nobody, purpose=flow.purpose, basis=flow.basis, resident=None)
    known_there = house.refresher.subjects.in_ward(resident, ward)
    return Reading(subject=known_there, purpose=flow.purpose, basis=flow.basis, resident=resident.id, unasked=True)
