"""An identity provider that lies in whatever way it is told to. What it is not told to spoil is right."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key

ISSUER = "https://evil.example"
CLIENT = "KURASHIMADO01"
ACCESS = "an-access-token"
KEY = ECKey.generate_key("P-256", {"kid": "k1"})
STRAY = ECKey.generate_key("P-256", {"kid": "k9"})
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Said:
    """An answer of an endpoint. `after`: seconds it takes."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0


def unpadded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def said(content: object, status: int = 200) -> Said:
    return Said(json.dumps(content).encode(), status)


@dataclass
class Evil:
    """`claims` and `header` replace what an ID token says (None: it says nothing); `id_token` the token as a whole;
    `answers` what an endpoint says; `callback` changes the parameters of the return."""

    claims: Mapping[str, object] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    key: Key = field(default_factory=lambda: KEY)
    algorithm: str = "ES256"
    keys: list[Mapping[str, Any]] = field(default_factory=lambda: [dict(KEY.as_dict(private=False))])
    id_token: Callable[[Evil], str] | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    userinfo: object = field(default_factory=lambda: {"sub": "hana", "name": "佐藤 はな"})
    answers: Mapping[str, Said] = field(default_factory=dict)
    callback: Callable[[list[tuple[str, str]]], list[tuple[str, str]]] = lambda pairs: pairs
    nonce: str = ""
    used: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)

    def sends_back(self, left_for: str) -> str:
        """The address at which the browser comes back from the authorization endpoint."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(left_for).query).items()}
        self.nonce = query["nonce"]
        pairs = [("code", "c1"), ("state", query["state"]), ("iss", ISSUER)]
        return f"{query['redirect_uri']}?{urlencode(self.callback(pairs))}"

    def all_claims(self) -> dict[str, object]:
        now = int(time.time())
        right = {"iss": ISSUER, "sub": "hana", "aud": CLIENT, "nonce": self.nonce, "iat": now, "exp": now + 300}
        at_hash = unpadded(hashlib.sha256(ACCESS.encode()).digest()[:16])
        return {
            name: value for name, value in {**right, "at_hash": at_hash, **self.claims}.items() if value is not None
        }

    def all_header(self) -> dict[str, Any]:
        told = {"alg": self.algorithm, "kid": "k1", **self.header}
        return {name: value for name, value in told.items() if value is not None}

    def signs(self) -> str:
        if self.id_token:
            return self.id_token(self)
        return jwt.encode(self.all_header(), self.all_claims(), self.key, algorithms=[self.algorithm])

    async def __call__(
        self, scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send
    ) -> None:
        endpoint = scope["path"].rpartition("/")[2]
        self.asked[endpoint] += 1
        body = (await receive()).get("body", b"")
        answer = self.answers.get(endpoint) or self._right(endpoint, parse_qs(body.decode()))
        await asyncio.sleep(answer.after)
        headers = {"content-type": "application/json", **answer.headers}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body})

    def _right(self, endpoint: str, form: Mapping[str, list[str]]) -> Said:
        if endpoint == "openid-configuration":
            return said({**METADATA, **self.metadata})
        if endpoint == "jwks":
            return said({"keys": self.keys})
        if endpoint == "userinfo":
            return said(self.userinfo)
        code = form["code"][0]
        if code in self.used:
            return said({"error": "invalid_grant"}, 400)
        self.used.add(code)
        return said({"access_token": ACCESS, "token_type": "Bearer", "id_token": self.signs()})


METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    "authorization_response_iss_parameter_supported": True,
}
