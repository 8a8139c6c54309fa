"""A ward sends a file in parts: what breaks off goes on, what is another than announced is never there."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bff import journeys
from bff.exchange.files import store
from bff.exchange.files.kind import SENT_IS_KEPT, kinds
from bff.exchange.files.shelf import Shelf
from bff.inlet import Inlet
from bff.journeys import drops
from infra.sandbox.old_ward import HEADER
from tests.house.test_drops import ward_on_files
from tests.inlet.test_applications import stands
from tests.inlet.ward import SETAGAYA, Ward, incoming, sent_by_hana
from tests.town import Outside, Town


def announcement(content: bytes, **changed: Any) -> dict[str, Any]:
    said = {"key": str(uuid4()), "kind": "application_statuses", "media_type": "text/csv"}
    return {**said, "size": len(content), "sha512": hashlib.sha512(content).hexdigest(), **changed}


async def announces(ward: Ward, content: bytes, **changed: Any) -> str:
    told = await ward.calls("POST", "/files", announcement(content, **changed))
    assert told.status_code == 201, told.text
    return str(told.json()["id"])


async def test_a_file_that_broke_off_goes_on_and_is_there_when_whole(town: Town) -> None:
    content, ward = b"abcdefghij" * 1000, Ward(town)
    id = await announces(ward, content)
    first = await ward.calls("PUT", f"/files/{id}/parts/0", content[:4000])
    assert first.json()["received"] == 4000
    assert not Shelf(town.settings.files).whole(UUID(id)).exists()
    twice = await ward.calls("PUT", f"/files/{id}/parts/0", content[:4000])
    assert (twice.status_code, twice.json()["code"]) == (409, "not_from_here")
    there = (await ward.calls("GET", f"/files/{id}")).json()
    assert (there["state"], there["received"]) == ("open", 4000)
    last = await ward.calls("PUT", f"/files/{id}/parts/{there['received']}", content[4000:])
    assert last.json()["state"] == "whole"
    assert Shelf(town.settings.files).read(UUID(id), 0, 99_999) == content
    assert len(await incoming(town)) == 5, "each request leaves a record, the refused one too"


async def test_what_came_before_the_line_broke_counts(town: Town) -> None:
    content, ward = b"0123456789" * 100, Ward(town)
    id = await announces(ward, content)

    await hangs_up(town, ward, f"/xroad/v1/files/{id}/parts/0", content[:300])
    there = (await ward.calls("GET", f"/files/{id}")).json()
    assert there["received"] == 300
    rest = await ward.calls("PUT", f"/files/{id}/parts/{there['received']}", content[there["received"] :])
    assert rest.json()["state"] == "whole", rest.text
    assert [row["outcome"] for row in await incoming(town)][1] == "unavailable"


async def hangs_up(town: Town, ward: Ward, path: str, sent: bytes) -> None:
    """A caller that goes away after `sent`."""
    messages = [{"type": "http.request", "body": sent, "more_body": True}, {"type": "http.disconnect"}]
    headers = [(name.encode(), value.encode()) for name, value in ward.envelope().items()]
    scope = {"type": "http", "method": "PUT", "raw_path": path.encode(), "query_string": b"", "headers": headers}

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    await Inlet(town.house)(scope, receive, send)  # type: ignore[arg-type]


async def test_another_content_than_announced_is_dropped_and_may_be_sent_again(town: Town) -> None:
    content, ward = b"right" * 100, Ward(town)
    said = announcement(content)
    id = (await ward.calls("POST", "/files", said)).json()["id"]
    wrong = await ward.calls("PUT", f"/files/{id}/parts/0", b"wrong" * 100)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "digest_differs")
    assert list((town.settings.files / "half").iterdir()) == []
    again = (await ward.calls("POST", "/files", said)).json()
    assert (again["id"], again["received"], again["state"]) == (id, 0, "open")
    assert (await ward.calls("PUT", f"/files/{id}/parts/0", content)).json()["state"] == "whole"
    assert (await ward.calls("POST", "/files", said)).json()["state"] == "whole", "told again, it is there"


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "applications_list"},
        {"kind": "../etc"},
        {"size": 20_971_521},
        {"size": 0},
        {"media_type": "text/html"},
        {"sha512": "00"},
        {"key": "1"},
        {"path": "/etc/passwd"},
    ],
)
async def test_what_no_kind_allows_is_not_begun(town: Town, changed: dict[str, Any]) -> None:
    told = await Ward(town).calls("POST", "/files", announcement(b"x", **changed))
    assert told.status_code == 422, told.text
    async with town.house.db.house() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM exchange_files")) == 0


async def test_another_ward_neither_sees_nor_writes_it_and_a_key_is_one_file(town: Town) -> None:
    ward, said = Ward(town), announcement(b"abc")
    id = (await ward.calls("POST", "/files", said)).json()["id"]
    other = Ward(town, SETAGAYA)
    assert (await other.calls("GET", f"/files/{id}")).status_code == 404
    assert (await other.calls("PUT", f"/files/{id}/parts/0", b"abc")).status_code == 404
    taken = await ward.calls("POST", "/files", announcement(b"abcd", key=said["key"]))
    assert (taken.status_code, taken.json()["code"]) == (409, "key_taken")
    for path in (f"/files/{id}/parts/x", f"/files/{id}/parts/-1", "/files/..%2f..%2fx", f"/files/{uuid4()}"):
        assert (await ward.calls("PUT", path, b"abc")).status_code == 404, path
    assert (await ward.calls("PUT", f"/files/{id}/parts/0", b"abcd")).status_code == 413


async def test_two_that_write_at_once_do_not_mix(town: Town) -> None:
    content, ward = b"abc" * 10, Ward(town)
    id = await announces(ward, content)
    async with town.house.db.house() as conn:
        (row,) = (await conn.execute(text("SELECT id FROM exchange_files"))).scalars()
        assert await store.take_pen(conn, row, uuid4(), 0, town.house.clock())
    busy = await ward.calls("PUT", f"/files/{id}/parts/0", content)
    assert (busy.status_code, busy.json()["code"]) == (409, "busy")


async def test_who_looked_before_another_wrote_does_not_write_over_it(town: Town) -> None:
    ward = Ward(town)
    id = await announces(ward, b"0123456789")
    await ward.calls("PUT", f"/files/{id}/parts/0", b"0123")
    async with town.house.db.house() as conn:
        assert not await store.take_pen(conn, UUID(id), uuid4(), 0, town.house.clock())
        assert await store.take_pen(conn, UUID(id), uuid4(), 4, town.house.clock())


async def test_a_large_file_is_never_whole_in_memory(town: Town) -> None:
    content, ward = bytes(range(256)) * 32_768, Ward(town)
    id = await announces(ward, content)

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(content), 65_536):
            yield content[at : at + 65_536]

    tracemalloc.start()
    told = await ward._http.put(f"/xroad/v1/files/{id}/parts/0", content=pieces(), headers=ward.envelope())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told.json()["state"] == "whole", told.text
    assert peak < len(content) / 2, peak


@given(cuts=st.lists(st.integers(0, 400), max_size=6), content=st.binary(min_size=1, max_size=400))
@settings(max_examples=60)
def test_however_it_is_cut_and_repeated_the_shelf_holds_what_was_sent(
    tmp_path: Path, cuts: list[int], content: bytes
) -> None:
    """Parts written over each other at their places, as after breaks, end as the file."""
    shelf, id = Shelf(tmp_path), uuid4()
    ends = sorted({min(cut, len(content)) for cut in cuts} | {len(content)})
    for end in ends:
        for begin in (max(0, end - 150), *ends[:1]):
            if begin <= end:
                shelf.write(id, content[begin:end], begin)
    shelf.write(id, content, 0)
    assert shelf.publish(id, len(content), hashlib.sha512(content).digest())
    assert shelf.read(id, 0, 1000) == content
    assert shelf.publish(id, len(content), b""), "told again, it is there"


async def test_half_files_that_nobody_goes_on_with_are_cleared_away(town: Town) -> None:
    ward = Ward(town)
    id = await announces(ward, b"abc")
    await ward.calls("PUT", f"/files/{id}/parts/0", b"a")
    await journeys.forget_files(town.house)
    assert len(list((town.settings.files / "half").iterdir())) == 1
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE exchange_files SET touched_at = touched_at - interval '25 hours'"))
    await journeys.forget_files(town.house)
    assert list((town.settings.files / "half").iterdir()) == []
    assert (await ward.calls("GET", f"/files/{id}")).status_code == 404
    assert timedelta(days=max(kind.days for kind in kinds().values())) < SENT_IS_KEPT


async def test_a_file_of_states_goes_the_way_of_a_dropped_one(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    town = await ward_on_files(database_url, outside, keys, tmp_path)
    try:
        hana, receipt = await sent_by_hana(town)
        content = f"{HEADER}\r\n{receipt},02,,確認中です,\r\n".encode("cp932")
        ward = Ward(town)
        id = await announces(ward, content)
        assert (await ward.calls("PUT", f"/files/{id}/parts/0", content)).json()["state"] == "whole"
        await drops.look_round(town.house)
        await town.promises_are_kept()
        assert await stands(hana) == ("CHECKING", "確認中です")
    finally:
        await town.close()
