"""POST /xroad/v1/files announces a file, GET /{id} tells how much is here, PUT /{id}/parts/{offset} goes on."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated
from uuid import UUID

import msgspec

from bff.exchange.files import store
from bff.exchange.files.kind import LARGEST_PART, Kind, kinds
from bff.exchange.files.shelf import Shelf
from bff.exchange.files.store import File
from bff.home.arrived import arrived
from bff.inlet.answer import Answer, Call, Service, json_answer
from bff.inlet.coming import Refused
from bff.wiring import House

LONGEST_ANNOUNCEMENT = 4_096
MOST_OPEN = 20
OFFSET = re.compile(r"[0-9]{1,12}")


class Announced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key`: the sender's own, a UUID; `sha512` in hexadecimal, of the whole file."""

    key: UUID
    kind: str
    size: Annotated[int, msgspec.Meta(ge=1)]
    sha512: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}$")]
    media_type: str


def service(house: House) -> Service:
    shelf = Shelf(house.settings.files)

    async def answer(call: Call) -> Answer:
        match (call.coming.verb, list(call.coming.rest)):
            case ("POST", []):
                return await _announce(house, call)
            case ("GET", [id]):
                return _told(await _file(house, call, id))
            case ("PUT", [id, "parts", offset]) if OFFSET.fullmatch(offset):
                return await _go_on(house, shelf, call, await _file(house, call, id), int(offset))
        raise Refused(404, "unknown_path", "POST /, GET /{id} or PUT /{id}/parts/{offset}")

    return answer


async def _announce(house: House, call: Call) -> Answer:
    call.body.largest = LONGEST_ANNOUNCEMENT
    try:
        said = msgspec.json.decode(await call.body.whole(), type=Announced)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(422, "invalid", str(error)) from error
    _may_come(said, kinds().get(said.kind))
    now = house.clock()
    wanted = File(
        id=house.new_id(),
        kind=said.kind,
        ward=call.client.member,
        key=str(said.key),
        size=said.size,
        sha512=bytes.fromhex(said.sha512),
        media_type=said.media_type,
        received=0,
        state="open",
        made_at=now,
        touched_at=now,
    )
    async with house.db.house() as conn:
        if await store.open_of(conn, wanted.ward, but=wanted.key) >= MOST_OPEN:
            raise Refused(429, "too_many", f"{MOST_OPEN} files are under way; go on with those first")
        known = await store.announce(conn, wanted)
        if not known.is_same(wanted):
            raise Refused(409, "key_taken", "under this key another file was announced")
        if known.state in ("wrong", "gone"):
            await store.begin_anew(conn, known.id, now)
            known = await store.one(conn, known.id, known.ward) or known
    return _told(known, 201 if known.id == wanted.id else 200)


def _may_come(said: Announced, kind: Kind | None) -> None:
    wrong = {}
    if kind is None or kind.direction != "in":
        wrong["kind"] = "no file of this kind is taken"
    else:
        if said.size > kind.largest:
            wrong["size"] = f"at most {kind.largest} bytes"
        if said.media_type not in kind.media_types:
            wrong["media_type"] = f"one of {', '.join(kind.media_types)}"
    if wrong:
        raise Refused(422, "invalid", "the file may not come", wrong)


async def _file(house: House, call: Call, said: str) -> File:
    try:
        id = UUID(said)
    except ValueError as error:
        raise Refused(404, "unknown_file", "there is no such file") from error
    async with house.db.house() as conn:
        found = await store.one(conn, id, call.client.member)
    if found is None or found.state == "gone":
        raise Refused(404, "unknown_file", "there is no such file")
    return found


async def _go_on(house: House, shelf: Shelf, call: Call, file: File, offset: int) -> Answer:
    """What came before a line broke counts: the sender asks how much is here and goes on from there."""
    if file.state != "open":
        return _told(file)
    if offset != file.received:
        raise Refused(409, "not_from_here", f"{file.received} bytes are here", {"received": str(file.received)})
    pen, at = house.new_id(), offset
    async with house.db.house() as conn:
        if not await store.take_pen(conn, file.id, pen, offset, house.clock()):
            raise Refused(409, "busy", "another request is writing this file")
    call.body.largest = min(LARGEST_PART, file.size - offset)
    try:
        async for piece in call.body.pieces():
            await asyncio.to_thread(shelf.write, file.id, piece, at)
            at += len(piece)
    finally:  # what came before the line broke counts
        await _count(house, file, pen, at)
    return await _publish(house, shelf, file, at)


async def _count(house: House, file: File, pen: UUID, at: int) -> None:
    async with house.db.house() as conn:
        if not await store.lay_down_pen(conn, file.id, pen, at, house.clock()):
            raise Refused(409, "busy", "this request rested too long, and another one writes")


async def _publish(house: House, shelf: Shelf, file: File, at: int) -> Answer:
    if at == file.size:
        whole = await asyncio.to_thread(shelf.publish, file.id, file.size, file.sha512)
        async with house.db.house() as conn:
            await store.settle(conn, file.id, "whole" if whole else "wrong", house.clock())
        if not whole:
            raise Refused(422, "digest_differs", "what came is not what was announced; it was dropped")
        await asyncio.to_thread(arrived, shelf, house.settings.drop, house.catalogue.wards.keys(), file)
    async with house.db.house() as conn:
        return _told(await store.one(conn, file.id, file.ward) or file)


def _told(file: File, status: int = 200) -> Answer:
    told = {"id": str(file.id), "state": file.state, "received": file.received, "size": file.size, "part": LARGEST_PART}
    return json_answer(status, told)
