"""People of the bench come whether or not those before them were answered; table and book hold what was found."""

from __future__ import annotations

import asyncio

import pytest

from infra.load import bench
from infra.load.__main__ import kept
from infra.load.asking import LINES, Errand, Pace, ask
from infra.load.homes import Homes, Served

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n" + b'{"data":{}}'


class SlowHouse:
    """Answers nobody before so many wait; at the latest when nobody new comes any more."""

    def __init__(self, together: int) -> None:
        self._together, self._waiting, self.most = together, 0, 0
        self._enough = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            self._waiting += 1
            self.most = max(self.most, self._waiting)
            if self._waiting == self._together:
                self._enough.set()
            await self._enough.wait()
            self._waiting -= 1
            writer.write(ANSWER)


async def asked(house: SlowHouse, **errand: float) -> Pace:
    async with await asyncio.start_server(house.serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql"
        return await ask(Errand(url, ("__Host-session=a",), "{}", 0.2, **errand))


async def test_people_come_at_their_rate_though_nobody_has_been_answered_yet() -> None:
    house = SlowHouse(together=20)
    pace = await asked(house, rate=50)
    assert house.most >= 20, "one after another, the second would never have come"
    assert pace.asked == round(1.2 * 50)
    assert pace.p50_ms <= pace.p95_ms <= pace.p99_ms


async def test_one_after_another_nobody_waits_beside_another() -> None:
    house = SlowHouse(together=1)
    pace = await asked(house)
    assert house.most == 1
    assert pace.asked > 1
    assert LINES > 1


def test_a_part_that_is_not_there_is_named_before_anything_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--only", "home,kitchen"])
    assert "no part kitchen; there are home, fanout" in capsys.readouterr().err


def served(cpu_ms: float) -> Served:
    pace = Pace(100, 1, 2, 3, 500)
    return Served(pace, pace, cpu_ms, 200, 1)


@pytest.mark.parametrize(("peer", "line"), [(served(2), "500     1.000"), (None, "not installed")])
def test_the_table_has_ours_the_limit_and_the_peer_with_their_shares(peer: Served | None, line: str) -> None:
    found = Homes(served(2), served(0.5), peer, served(1).open, 100_000, 40, alike=False)
    lines = bench.of_homes(found).splitlines()
    assert lines[1].split()[:6] == ["answers/s", "a", "core", "500", "2,000", "0.250"]
    assert any("40 people a second" in one for one in lines)
    assert line in " ".join(lines)
    assert ("NOT the same answers" in lines[-1]) == (peer is not None)


def test_a_new_run_takes_the_place_of_the_last_one_of_its_kind_and_of_no_other() -> None:
    book = kept(kept("# What\n", "morning", "first"), "disaster", "other")
    book = kept(book, "morning", "second")
    assert book.startswith("# What\n\n## morning\n")
    assert [one in book for one in ("first", "second", "other")] == [False, True, True]
    assert book.index("second") < book.index("## disaster")
    assert " cores, " in book
