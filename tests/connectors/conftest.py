"""The street of all connectors, wired to the stand-ins over real mutual TLS; and the rules over one connector alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bff.connectors.listed import CONNECTORS
from bff.connectors.street import manifests, street
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import always_open
from bff.exchange.lean.pool import Pool
from bff.exchange.message_log import Entry
from bff.exchange.reading import Reading, Subject
from bff.exchange.transport import ExchangeTransport
from bff.exchange.under import MutualTls
from tests.connectors.examples import Recorded
from tests.connectors.outside import Held, Wired
from tests.town import Outside

HER_ADDRESS = "東京都港区芝浦三丁目9番14号"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--connector", action="append", default=[], help="try the rules over the connector of this id")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chosen := config.getoption("--connector", default=[]):
        items[:] = [item for item in items if _about(item) in (None, *chosen)]


def _about(item: pytest.Item) -> str | None:
    """The id of the connector a test is about; None: all of them."""
    given = getattr(item, "callspec", None)
    for value in given.params.values() if given else ():
        kind = value.kind if isinstance(value, Recorded | Held) else value
        if kind in CONNECTORS:
            return str(kind.manifest.id)
    return None


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> frozenset[str]:
    """The ids of the connectors that are tried; none: all are."""
    return frozenset(request.config.getoption("--connector", default=[]))


@pytest.fixture
async def wired(outside: Outside, keys: Path) -> AsyncIterator[Wired]:
    await outside.everything_answers()
    log: list[Entry] = []

    async def keep(entry: Entry) -> None:
        log.append(entry)

    transport = ExchangeTransport(
        Pool(MutualTls(keys / "exchange_key.pem", keys / "exchange.pem", keys / "exchange" / "root.pem")),
        client=ClientId.decode("TOKYO23/COM/900100/kurashimado"),
        log=keep,
        clock=lambda: datetime.now(UTC),
        new_id=uuid4,
        closed=always_open,
        ports=manifests(),
    )
    async with Asking(transport, outside.exchange) as http:
        yield Wired(street(http), log)
    await outside.everything_answers()


@pytest.fixture
async def hana(wired: Wired) -> Reading:
    """Hana as her card tells of her."""
    return Reading(Subject("a2b3", "佐藤 はな", date(1990, 5, 2), HER_ADDRESS, "131032"), "home", "consent", uuid4())
