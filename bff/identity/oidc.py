"""OpenID Connect relying party: authorization code, PKCE S256, `private_key_jwt`; one object a realm.

OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 7523, RFC 9207. Tokens live only while `finish` runs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
from joserfc import jwt
from joserfc.jwk import ECKey

from bff.identity.id_token import Expected, PublishedKeys, verified

ASSERTION_LIVES = timedelta(seconds=60)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class LoginFailed(Exception):
    """A login did not come to its end; `code` is for the address line, `detail` for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class RealmSettings:
    """`issuer` has no slash at its end and is compared exactly; `scope` is a space list."""

    issuer: str
    client_id: str
    redirect_uri: str
    scope: str
    acr_values: str = "aal3 crl"

    @property
    def base(self) -> str:
        """Where the realm's endpoints are: there is no discovery document to be read."""
        return f"{self.issuer}/protocol/openid-connect"


@dataclass(frozen=True)
class Start:
    """A login that begins: where the browser goes, and what to remember until it is back."""

    url: str
    state: str
    nonce: str
    verifier: str


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str
    access_token: str


class RelyingParty:
    """`new_token` gives 43 or more characters of `[A-Za-z0-9_-]`; `http` is a plain client, not the exchange's."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        realm: RealmSettings,
        key: ECKey,
        *,
        clock: Callable[[], datetime],
        new_token: Callable[[], str],
    ) -> None:
        self._http = http
        self._realm = realm
        self._key = key
        self._clock = clock
        self._new_token = new_token
        self._published = PublishedKeys(lambda: self._answer("GET", "certs"))

    @property
    def issuer(self) -> str:
        return self._realm.issuer

    def start(self) -> Start:
        """State, nonce and verifier are fresh each time."""
        state, nonce, verifier = self._new_token(), self._new_token(), self._new_token()
        query = {
            "response_type": "code",
            "client_id": self._realm.client_id,
            "redirect_uri": self._realm.redirect_uri,
            "scope": self._realm.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": _b64(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
            "acr_values": self._realm.acr_values,
        }
        return Start(f"{self._realm.base}/auth?{urlencode(query)}", state, nonce, verifier)

    async def finish(self, *, code: str, nonce: str, verifier: str) -> Mapping[str, object]:
        """Who logged in: the userinfo claims, whose `sub` the ID token vouches for. Raises `LoginFailed`."""
        tokens = await self._exchange(code, verifier)
        expected = Expected(self._realm.issuer, self._realm.client_id, nonce, tokens.access_token, self._clock())
        try:
            sub = await verified(tokens.id_token, self._published, expected)
        except ValueError as wrong:
            raise LoginFailed("failed", f"ID token: {wrong}") from wrong
        bearer = {"authorization": f"Bearer {tokens.access_token}"}
        claims = _object(await self._answer("GET", "userinfo", headers=bearer))
        if not hmac.compare_digest(str(claims.get("sub")).encode(), sub.encode()):
            raise LoginFailed("failed", "userinfo is about another person than the ID token")
        return claims

    async def _exchange(self, code: str, verifier: str) -> _Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._realm.redirect_uri,
            "client_id": self._realm.client_id,
            "code_verifier": verifier,
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": self._assertion(),
        }
        try:
            return msgspec.json.decode(await self._answer("POST", "token", data=form), type=_Tokens)
        except msgspec.MsgspecError as wrong:
            raise LoginFailed("failed", "the token answer has not the agreed shape") from wrong

    def _assertion(self) -> str:
        now = self._clock()
        claims = {
            "iss": self._realm.client_id,
            "sub": self._realm.client_id,
            "aud": f"{self._realm.base}/token",
            "jti": self._new_token(),
            "iat": int(now.timestamp()),
            "exp": int((now + ASSERTION_LIVES).timestamp()),
        }
        return jwt.encode({"alg": "ES256", "kid": self._key.thumbprint()}, claims, self._key)

    async def _answer(self, method: str, endpoint: str, **request: Any) -> bytes:
        try:
            answer = await self._http.request(method, f"{self._realm.base}/{endpoint}", **request)
        except httpx.HTTPError as broken:
            raise LoginFailed("unavailable", f"{endpoint}: {type(broken).__name__}") from broken
        if answer.is_server_error:
            raise LoginFailed("unavailable", f"{endpoint}: {answer.status_code}")
        if not answer.is_success:
            raise LoginFailed("failed", f"{endpoint}: {answer.status_code} {_error_of(answer.content)}")
        return answer.content


def public_jwks(key: ECKey) -> dict[str, object]:
    """The public half of `key` as a JWKS, for the operator of the identity provider."""
    return {"keys": [key.as_dict(private=False, kid=key.thumbprint(), alg="ES256", use="sig")]}


def _error_of(body: bytes) -> str:
    try:
        return str(_object(body).get("error"))[:60]
    except LoginFailed:
        return "no reason given"


def _object(body: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except msgspec.MsgspecError as wrong:
        raise LoginFailed("failed", "an answer is not a JSON object") from wrong


def _b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
