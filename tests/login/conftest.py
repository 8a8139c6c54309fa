"""The login door alone, over a real database and the real identity provider of the stand-ins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from bff import login
from bff.wiring import House
from tests.town import Outside, Town, built, settle, through_identity_provider


class Door:
    """Browsers that come to the door, each with cookies of its own."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._asgi = Litestar(login.routes(house), openapi_config=None)

    def browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self._asgi),  # type: ignore[arg-type]
            base_url=Town.ORIGIN,
            headers={"Origin": Town.ORIGIN},
        )

    async def logs_in(self, persona: str) -> httpx.AsyncClient:
        """The browser in which `persona` (a resident) has logged in."""
        browser = self.browser()
        await browser.get(await through_identity_provider(await browser.get("/login/start"), persona))
        return browser

    async def signs_in(self, persona: str) -> httpx.Response:
        """How the staff login of `persona` ends."""
        browser = self.browser()
        return await browser.get(await through_identity_provider(await browser.get("/staff/login/start"), persona))


@pytest.fixture
async def door(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Door]:
    await outside.everything_answers()
    house = built(settle(database_url, outside, keys, tmp_path))
    yield Door(house)
    await house.close()
    await outside.everything_answers()
