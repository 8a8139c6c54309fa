"""A release in the middle of the day: a web process ends, and nobody who was being answered notices."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace
from uuid import uuid4

import httpx
import psycopg
import pytest
from sqlalchemy import text

from bff.closing import AGAIN_AFTER, Closing
from bff.guards.gate import HEADER
from bff.journeys.deliveries import LOOK
from tests.conftest import free_port, wait_for
from tests.house.worker_process import environment, worker
from tests.town import Town

REFRESH = {"query": "subscription { refreshHome(anew: true) { settled remaining } }"}


@contextmanager
def web(town: Town, **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`python -m bff web` over the town's own database, where its sessions are known too."""
    port = free_port()
    given = {**environment(town.settings), "PORT": str(port), **more}
    given |= {"KURASHIMADO_OPEN_GRAPHQL": "1", "KURASHIMADO_REFRESH_WITHIN": "60"}
    process = subprocess.Popen([sys.executable, "-m", "bff", "web"], env=given)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


async def test_a_process_that_is_to_end_says_so_answers_on_and_sends_who_waits_to_another(town: Town) -> None:
    hana = await town.resident("hana")
    session = hana.browser.cookies["__Host-session"]
    seen_by = {"Cookie": f"__Host-session={session}", HEADER: town.gate.token(session), "Origin": town.ORIGIN}
    outside = town.settings.oidc_issuer.split("/api/")[0]
    async with httpx.AsyncClient() as desk:
        (await desk.post(f"{outside}/_faults/registry", json={"mode": "silent"})).raise_for_status()
    with web(town, KURASHIMADO_DRAIN_SECONDS="3") as (origin, process):
        async with httpx.AsyncClient(base_url=origin, headers=seen_by, timeout=30) as phone:
            wants = {"Accept": "text/event-stream"}
            async with phone.stream("POST", "/graphql", json=REFRESH, headers=wants) as stream:
                lines = stream.aiter_lines()
                first = [line async for line in _until(lines, "data: {")]
                process.send_signal(signal.SIGTERM)
                last = [line async for line in lines]
            assert first, "one source at least has answered"
            assert f"retry: {AGAIN_AFTER}" in last
            assert "event: complete" not in last
            ready = await phone.get("/readyz")
            assert (ready.status_code, ready.json()) == (503, {"status": "closing"})
            assert (await phone.get("/healthz")).status_code == 200
            said = await phone.post("/graphql", json={"query": "{ viewer { name } }"})
            assert said.json()["data"]["viewer"]["name"]
        assert await asyncio.to_thread(process.wait, 40) == 0


async def _until(lines: AsyncIterator[str], start: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line.startswith(start):
            return


async def test_a_worker_that_is_to_end_hands_back_what_it_cannot_finish_in_time(town: Town) -> None:
    port = free_port()
    running = replace(town.settings.running, stop_within=1.0, worker_port=port)
    async with await psycopg.AsyncConnection.connect(town.settings.database_url) as somebody:
        await somebody.execute("LOCK TABLE applications IN ACCESS EXCLUSIVE MODE")
        async with town.house.db.house() as conn:
            await town.house.defer(conn, LOOK, args={"application": str(uuid4())})
        with worker(replace(town.settings, running=running)) as working:

            async def is_in_hand() -> bool:
                return await _states(town) == ["doing"]

            await working.works_until(is_in_hand)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as watcher:
                assert (await watcher.get("/healthz")).json() == {"status": "ok"}
                assert "kurashimado_jobs_done_total" in (await watcher.get("/metrics")).text
                proxied = await watcher.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
                assert proxied.status_code == 403
            assert await asyncio.to_thread(working.goes_home) == 0
        assert await _states(town) == ["todo"]


async def _states(town: Town) -> list[str]:
    async with town.house.db.house() as conn:
        found = await conn.execute(
            text("SELECT status FROM procrastinate_jobs WHERE task_name = :task"), {"task": LOOK}
        )
        return [row.status for row in found]


async def test_a_stream_is_cut_where_it_waits_and_one_that_ends_by_itself_is_whole() -> None:
    closing, left = Closing(), asyncio.Event()

    async def told() -> AsyncGenerator[int, None]:
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            left.set()

    async with aclosing(closing.until(told())) as cut:
        assert await anext(cut) == 1
        asyncio.get_running_loop().call_soon(closing.begin)
        with pytest.raises(StopAsyncIteration):
            await anext(cut)
    assert left.is_set(), "what was under way is given up, not left hanging"

    async def short() -> AsyncGenerator[int, None]:
        yield 1
        yield 2

    assert [one async for one in Closing().until(short())] == [1, 2]


@pytest.mark.parametrize("waits", [True, False], ids=["while she waits", "while she is told"])
async def test_a_phone_that_hangs_up_leaves_nothing_behind_that_goes_on_asking(waits: bool) -> None:
    asked, left = asyncio.Event(), asyncio.Event()

    async def told() -> AsyncGenerator[int, None]:
        try:
            yield 1
            asked.set()
            await asyncio.Event().wait()
        finally:
            left.set()

    stream = Closing().until(told())
    assert await anext(stream) == 1
    if waits:
        phone = asyncio.ensure_future(anext(stream))
        await asked.wait()
        phone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await phone
    else:
        await stream.aclose()
    assert left.is_set()


def test_told_a_second_time_it_ends_at_once_and_without_a_wait_it_never_says_no() -> None:
    from bff.serving import _Patient

    ended: list[str] = []

    class Nobody(_Patient):
        wrks: list[object] = []  # noqa: RUF012 - granian's own

        def __init__(self, drain: float) -> None:
            self._drain, self._told = drain, False

        def _end(self) -> None:
            ended.append("now")

    slow = Nobody(600)
    slow.signal_handler_interrupt()
    assert ended == []
    slow.signal_handler_interrupt()
    assert ended == ["now"]
    Nobody(0).signal_handler_interrupt()
    assert ended == ["now", "now"]
