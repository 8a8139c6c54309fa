"""The street of all connectors, wired to the stand-ins over real mutual TLS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from bff.connectors.street import Street, manifests, street
from bff.exchange.address import ClientId
from bff.exchange.board import always_open
from bff.exchange.message_log import Entry
from bff.exchange.reading import Reading, Subject
from bff.exchange.transport import ExchangeTransport
from bff.exchange.under import MutualTls, over_aiohttp
from tests.town import Outside

HER_ADDRESS = "東京都港区芝浦三丁目9番14号"


@dataclass
class Wired:
    street: Street
    log: list[Entry]


@pytest.fixture
async def wired(outside: Outside, keys: Path) -> AsyncIterator[Wired]:
    await outside.everything_answers()
    log: list[Entry] = []

    async def keep(entry: Entry) -> None:
        log.append(entry)

    transport = ExchangeTransport(
        over_aiohttp(MutualTls(keys / "exchange_key.pem", keys / "exchange.pem", keys / "exchange" / "root.pem")),
        client=ClientId.decode("TOKYO23/COM/900100/kurashimado"),
        log=keep,
        clock=lambda: datetime.now(UTC),
        new_id=uuid4,
        closed=always_open,
        ports=manifests(),
    )
    async with httpx.AsyncClient(transport=transport, base_url=outside.exchange) as http:
        yield Wired(street(http), log)
    await outside.everything_answers()


@pytest.fixture
async def hana(wired: Wired) -> Reading:
    """Hana as her card tells of her."""
    return Reading(Subject("a2b3", "佐藤 はな", date(1990, 5, 2), HER_ADDRESS, "131032"), "home", "consent", uuid4())
