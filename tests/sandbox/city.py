"""The made-up city as tests meet it: over HTTP and mutual TLS only, with a clock that can be turned."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from infra.sandbox.app import create_app
from infra.sandbox.exchange.certificates import Certified, Root
from infra.sandbox.settings import Clock, Settings
from tests.sandbox.ways import Ways, caller

ORIGIN = "http://city.test"
CLIENT_ORIGIN = "http://house.test"
TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""10 in the morning in Tokyo."""

HANA = {
    "id": "pair-1",
    "name": "佐藤 はな",
    "birth_date": "1990-05-02",
    "address": "東京都港区芝浦三丁目9番14号",
}
CALLER = {
    "X-Road-Client": "TOKYO23/COM/900100/kurashimado",
    "X-Road-UserId": "JP-pair-1",
    "X-Road-Issue": "home",
}


class City:
    def __init__(self, folder: Path) -> None:
        self.time = TUESDAY
        self.key = ECKey.generate_key("P-256", auto_kid=True)
        self.jwks = folder / "jwks.json"
        self.register(self.key)
        self.folder = folder
        self.shows = Root.made().certifies("the house")
        self.shows.write(folder, "house")
        settings = Settings(
            origin=ORIGIN,
            client_origin=CLIENT_ORIGIN,
            client_jwks=self.jwks,
            exchange_keys=folder,
            exchange_client=folder / "house.pem",
            pace=15,
        )
        self.slept: list[float] = []
        self._app = create_app(settings, Clock(lambda: self.time, sleep=self._sleep))
        self.http = self.browser(self.shows)

    def browser(self, shown: Certified | None) -> httpx.AsyncClient:
        """A client of the city that shows this certificate to the security server, or none."""
        return httpx.AsyncClient(transport=Ways(self._app, caller(self.folder, shown)), base_url=ORIGIN)

    async def stamps_batches(self) -> None:
        """A minute is over at the security servers."""
        await self._app.exchange.server.stamps_batches()

    def register(self, *keys: ECKey) -> None:
        self.jwks.write_text(json.dumps({"keys": [key.as_dict(private=False) for key in keys]}))

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.waits(seconds)

    def waits(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    async def asks(self, path: str, body: object, headers: Mapping[str, str] = CALLER) -> httpx.Response:
        return await self.http.post(f"/r1/TOKYO23/{path}", json=body, headers=headers)


class Login:
    """One walk through the authorization-code flow; every piece can be replaced before it is used."""

    def __init__(self, city: City, realm: str = "main") -> None:
        self.city = city
        self.issuer = f"{ORIGIN}/api/realms/{realm}"
        self.endpoint = f"{self.issuer}/protocol/openid-connect"
        self.verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        self.asked = {
            "response_type": "code",
            "scope": "openid name address birthdate gender" if realm == "main" else "openid",
            "client_id": "KURASHIMADO01",
            "redirect_uri": CLIENT_ORIGIN + ("/login/callback" if realm == "main" else "/staff/login/callback"),
            "state": secrets.token_urlsafe(32),
            "nonce": secrets.token_urlsafe(32),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "acr_values": "aal3 crl",
        }
        now = int(city.time.timestamp())
        self.claims: dict[str, object] = {
            "iss": "KURASHIMADO01",
            "sub": "KURASHIMADO01",
            "aud": f"{self.endpoint}/token",
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 60,
        }
        self.key = city.key

    async def opens(self) -> httpx.Response:
        return await self.city.http.get(f"{self.endpoint}/auth?{urlencode(self.asked)}")

    async def chooses(self, persona: str) -> dict[str, str]:
        """What comes back to the redirect address."""
        answer = await self.city.http.post(f"{self.endpoint}/auth?{urlencode(self.asked)}", data={"persona": persona})
        assert answer.status_code == 302, answer.text
        return came_back(answer)

    def form(self, code: str) -> dict[str, str]:
        assertion = jwt.encode({"alg": "ES256", "kid": self.key.kid}, self.claims, self.key, algorithms=["ES256"])
        return {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.asked["redirect_uri"],
            "client_id": "KURASHIMADO01",
            "code_verifier": self.verifier,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }

    async def exchanges(self, form: Mapping[str, str]) -> httpx.Response:
        return await self.city.http.post(f"{self.endpoint}/token", data=dict(form))

    async def tells(self, access_token: str) -> httpx.Response:
        return await self.city.http.get(
            f"{self.endpoint}/userinfo", headers={"Authorization": f"Bearer {access_token}"}
        )

    async def signs_in(self, persona: str) -> dict[str, str]:
        answer = await self.exchanges(self.form((await self.chooses(persona))["code"]))
        assert answer.status_code == 200, answer.text
        tokens: dict[str, str] = answer.json()
        return tokens


def came_back(answer: httpx.Response) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
