"""Files that a ward on an old system drops: every line about an application is taken as if the ward had told it."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

import structlog

from bff import db as database
from bff.documents import receiving
from bff.exchange import message_log
from bff.exchange.drop import files, folder
from bff.exchange.drop.files import State
from bff.exchange.drop.folder import Point
from bff.exchange.drop.lines import Fault, Line, Span, WrongFile, lines_beside, spans_with_numbers
from bff.exchange.drop.results import Results, erase
from bff.exchange.message_log import ANSWERED, Entry
from bff.exchange.silence import Why
from bff.home.ward_says import Took, Word, take
from bff.ledger import wishes
from bff.wiring import House

TAKE = "take_drop"
WRITE = "write_drop"
LONGEST_NUMBER = 40
BETWEEN_FIELDS = re.compile(r"\s*[、;；/／]\s*")
UNTAKEN = {
    Took.UNKNOWN: Fault("", "この受付番号の申請は、この区にありません。"),
    Took.SETTLED: Fault("", "すでに決定済みの申請です。決定のあとの状況は取り込めません。"),
}

log = structlog.get_logger()


@dataclass
class _Tally:
    good: int = 0
    wrong: int = 0
    failed: bool = False
    with_numbers: list[Span] = field(default_factory=list)

    @property
    def state(self) -> State:
        return "failed" if self.failed or (self.wrong and not self.good) else "taken"


def points(house: House) -> Sequence[Point]:
    """Read anew each time: an operator adds a ward by a folder, without a restart."""
    root = house.settings.drop
    return list(folder.points(root, house.catalogue.wards.keys())) if root else ()


async def look_round(house: House) -> None:
    """Promises for every point, each under a lock of its own, so that no file is taken by two."""
    for point in await asyncio.to_thread(points, house):
        task, name = TAKE if point.layout.incoming else WRITE, f"{point.ward}/{point.name}"
        async with house.db.house() as conn:
            args = {"ward": point.ward, "point": point.name}
            await database.defer(conn, task, args=args, lock=f"drop:{name}", once=f"drop:{name}")


async def take_all(house: House, ward: str, name: str) -> None:
    """Everything whole in `in/`, and first what was begun and not ended."""
    point = next((one for one in points(house) if (one.ward, one.name) == (ward, name)), None)
    if point is None:
        return
    await _end_moves(house, point)
    async with house.db.house() as conn:
        begun = await files.unfinished(conn, point)
    for file in begun:
        await _take(house, point, file.id, file.name, file.name)
    for found in await asyncio.to_thread(folder.found, point):
        async with house.db.house() as conn:
            id = await files.sight(conn, point, found, house.clock(), house.new_id)
        if id is not None:
            await _take(house, point, id, found.name, found.shown)


async def _end_moves(house: House, point: Point) -> None:
    """A worker may have died between settling and moving."""
    for id in folder.being_taken(point):
        async with house.db.house() as conn:
            file = await files.one(conn, id)
        if file is not None and file.settled_at is not None:
            folder.finish(point, file.id, file.name, "failed" if file.state == "failed" else "done")


async def _take(house: House, point: Point, id: UUID, name: str, shown: str) -> None:
    path = await asyncio.to_thread(folder.begin, point, name, id)
    if path is None:
        async with house.db.house() as conn:
            await files.settle(conn, id, "failed", digest=None, good=0, wrong=0, now=house.clock())
        return
    digest = await asyncio.to_thread(folder.digest_of, path)
    async with house.db.house() as conn:
        again = await files.was_taken(conn, point, digest)
    tally = _Tally()
    results = Results(point.layout, path.with_name(f"{id}.result.csv"))
    if again:
        results.said("同じ内容のファイルはすでに取り込みました。今回は何も変えていません。")
        tally.with_numbers = await asyncio.to_thread(_numbers, point, path)
    else:
        await _take_lines(house, point, id, path, results, tally)
    results.close()
    if tally.with_numbers:
        await asyncio.to_thread(erase, point.layout, path, tally.with_numbers)
    state: State = "again" if again else tally.state
    async with house.db.house() as conn:
        await files.settle(conn, id, state, digest=digest, good=tally.good, wrong=tally.wrong, now=house.clock())
        await message_log.write(conn, _entry(house, point, f"file:{id}", digest, None, taken=state != "failed"))
    await asyncio.to_thread(folder.finish, point, id, shown, "failed" if state == "failed" else "done")
    log.info("a dropped file was settled", ward=point.ward, point=point.name, state=state, wrong=tally.wrong)


async def _take_lines(house: House, point: Point, id: UUID, path: Path, results: Results, tally: _Tally) -> None:
    try:
        if folder.size_of(path) > point.layout.largest:
            raise WrongFile(f"ファイルが{point.layout.largest}バイトを超えています。分けて置いてください。")
        with folder.opened(path) as file:
            async for line in lines_beside(point.layout, file):
                faults = line.faults or await _said(house, point, id, line)
                for fault in faults:
                    results.wrong(line.number, fault)
                if line.holds_number:
                    tally.with_numbers.append(line.span)
                tally.good, tally.wrong = tally.good + (not faults), tally.wrong + bool(faults)
    except WrongFile as wrong:
        results.said(str(wrong))
        tally.failed = True
        tally.with_numbers = await asyncio.to_thread(_numbers, point, path)
    results.said(f"{tally.good + tally.wrong}行のうち{tally.good}行を取り込みました。")


def _numbers(point: Point, path: Path) -> list[Span]:
    """Of a file however large: beside everything else that the worker does."""
    with folder.opened(path) as file:
        return spans_with_numbers(point.layout, file)


async def _said(house: House, point: Point, id: UUID, line: Line) -> tuple[Fault, ...]:
    """The line's word and its record, in one transaction; what is wrong with it, if it was not taken."""
    said = line.values or {}
    number = said.get("number", "")
    if number and not (number.replace("-", "").isalnum() and number.isascii() and len(number) <= LONGEST_NUMBER):
        return (Fault("", "区の受付番号は、半角の英数字とハイフンの40字までです。"),)
    state, note = said["state"], said.get("note") or None
    fields = [(name, note or "") for name in BETWEEN_FIELDS.split(said.get("fields", "")) if name]
    word = Word(point.ward, said["receipt_number"], state, number, note, fields)  # type: ignore[arg-type]
    digest = hashlib.sha512(line.raw).digest()
    async with house.db.house() as conn:
        took, meant = await take(conn, house.catalogue, word, house.clock())
        whose, taken = meant.resident if meant else None, took not in UNTAKEN
        if meant is not None and took is Took.NEWS:
            await receiving.promise_of_decision(conn, meant, state)
        entry = _entry(house, point, f"{id}:{line.number}", digest, whose, taken=taken)
        await message_log.write(conn, entry)
        await wishes.written(conn, [entry])
    return () if taken else (UNTAKEN[took],)


def _entry(house: House, point: Point, what: str, digest: bytes, resident: UUID | None, *, taken: bool) -> Entry:
    return Entry(
        at=house.clock(),
        message=uuid5(UUID(int=0), what),
        asker="exchange",
        resident=resident,
        subject="",
        source="applications",
        service=f"drop/{point.name}",
        purpose="application",
        basis="application",
        request_digest=digest,
        answer_digest=None,
        outcome=ANSWERED if taken else str(Why.REFUSED),
        status=None,
        took_ms=0,
        direction="in",
        caller=f"drop/{point.ward}/{point.name}",
        given_id=what,
    )
