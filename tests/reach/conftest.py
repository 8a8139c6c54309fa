"""A town with a mail server of its own: a real one, over a real socket, that keeps what it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.sandbox.faults import Faults
from infra.sandbox.mail import Letter, PostOffice
from infra.sandbox.settings import Clock
from tests.conftest import free_port
from tests.town import Outside, Town, settle


@dataclass(frozen=True)
class Mailbox:
    """What has arrived, and the switch that makes the server misbehave."""

    office: PostOffice
    faults: Faults
    port: int

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.office.letters if letter.to == address]

    def last(self, address: str) -> Letter:
        return self.to(address)[-1]


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    clock = Clock(now=lambda: datetime.now(UTC))
    faults = Faults(clock, ())
    office, port = PostOffice(clock, faults), free_port()
    server = await office.open("127.0.0.1", port)
    yield Mailbox(office, faults, port)
    server.close()


@pytest.fixture
async def town(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path, mailbox: Mailbox
) -> AsyncIterator[Town]:
    await outside.everything_answers()
    mail = {"MAIL_URL": f"smtp+plain://127.0.0.1:{mailbox.port}", "MAIL_FROM": "no-reply@kurashimado.example"}
    mail["LIMITS_FACTOR"] = "1"
    built = Town(settle(database_url, outside, keys, tmp_path, **mail))
    yield built
    await built.close()
