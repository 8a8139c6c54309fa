"""At the machine a service is stopped for every ward."""

from __future__ import annotations

import asyncio

import pytest

from bff import service_desk
from bff.db import Database
from bff.exchange.board import Board
from bff.exchange.silence import Why
from bff.wiring import now


@pytest.fixture
def at_the_machine(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


async def _run(*arguments: str) -> int:
    """In a thread: the command has a loop of its own."""
    return await asyncio.to_thread(service_desk.main, list(arguments))


async def test_it_is_stopped_everywhere_and_taken_up_again(
    at_the_machine: None, db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    board = Board(db, now, 0)
    assert await _run("off", "national", "--reason", "誤った回答", "--by", "運営 山田") == 0
    assert "national everywhere" in capsys.readouterr().out
    for ward in ("131032", "131121", None):
        closed = await board.closed("national", ward)
        assert closed is not None
        assert closed.why is Why.SWITCHED_OFF
    assert await _run("on", "national", "--by", "運営 山田") == 0
    assert "every service is on" in capsys.readouterr().out
    assert await board.closed("national", "131032") is None


async def test_a_service_nobody_knows_or_no_reason_stops_nothing(at_the_machine: None, db: Database) -> None:
    assert await _run("off", "nothing", "--reason", "x") == 2
    assert await _run("off", "national", "--reason", " ") == 2
    assert await Board(db, now, 0).closed("national", None) is None
