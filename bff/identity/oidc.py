"""OpenID Connect relying party for any provider: authorization code, PKCE S256; one object a provider.

OpenID Connect Core 1.0 §3.1, Discovery 1.0, RFC 7636, RFC 7523, RFC 9207. Tokens live only while `finish` runs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import msgspec

from bff.identity.client_keys import ClientKeys
from bff.identity.discovery import Discovery
from bff.identity.failures import LoginFailed
from bff.identity.fetching import answered, json_object
from bff.identity.id_token import Expected, verified
from bff.identity.providers import Endpoints, Provider
from bff.identity.published_keys import PublishedKeys

ASSERTION_LIVES = timedelta(seconds=60)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_TO_PROVE_ANEW = {"prompt": "login", "max_age": "0"}


@dataclass(frozen=True)
class Start:
    """A login that begins: where the browser goes, and what to remember until it is back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identified:
    """Whom a provider vouches for: the key is (issuer, sub) and nothing else; `claims` are what it tells of her."""

    issuer: str
    sub: str
    claims: Mapping[str, object]


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str
    access_token: str
    token_type: str = ""


class RelyingParty:
    """`new_token` gives 43 or more characters of `[A-Za-z0-9_-]`; `http` is a plain client, not the exchange's."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        provider: Provider,
        keys: ClientKeys,
        *,
        redirect_uri: str,
        clock: Callable[[], datetime],
        new_token: Callable[[], str],
        https_only: bool,
    ) -> None:
        self.provider = provider
        self._http = http
        self._keys = keys
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._new_token = new_token
        self._discovery = Discovery(http, provider, clock, https_only=https_only)
        self._published = PublishedKeys(self._certs, clock)

    @property
    def issuer(self) -> str:
        return self.provider.issuer

    async def start(self, *, anew: bool = False, **more: str) -> Start:
        """State, nonce and verifier are fresh each time; `anew`: she is to prove herself though she is known there;
        `more` are parameters of this one request."""
        endpoints = await self._discovery.endpoints()
        state, nonce, verifier = self._new_token(), self._new_token(), self._new_token()
        query = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": self.provider.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": _b64(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
            **({"acr_values": self.provider.acr_values} if self.provider.acr_values else {}),
            **(_TO_PROVE_ANEW if anew and not self.provider.proves_anew else {}),
            **more,
        }
        joint = "&" if "?" in endpoints.authorization else "?"
        return Start(f"{endpoints.authorization}{joint}{urlencode(query)}", state, nonce, verifier)

    async def check_answerer(self, iss: str | None) -> None:
        """Whether the provider we left for is the one that sent her back (RFC 9207); raises `LoginFailed`."""
        endpoints = await self._discovery.endpoints()
        if iss is None and endpoints.iss_in_callback:
            raise LoginFailed("untrusted", "callback: it does not say who answers")
        if iss is not None and iss != self.issuer:
            raise LoginFailed("untrusted", "callback: another issuer answered")

    async def finish(self, *, code: str, nonce: str, verifier: str, proved_after: datetime | None = None) -> Identified:
        """Who logged in; raises `LoginFailed`. `proved_after`: she was asked to prove herself anew, and when."""
        endpoints = await self._discovery.endpoints()
        told, access_token = await self.vouched(code=code, nonce=nonce, verifier=verifier, proved_after=proved_after)
        sub = str(told["sub"])
        claims = await self._userinfo(endpoints, access_token, sub) if endpoints.userinfo else told
        return Identified(self.issuer, sub, claims)

    async def vouched(
        self, *, code: str, nonce: str, verifier: str, proved_after: datetime | None = None
    ) -> tuple[Mapping[str, object], str]:
        """What the ID token tells, and the access token beside it; raises `LoginFailed`."""
        tokens = await self._exchange(await self._discovery.endpoints(), code, verifier)
        expected = Expected(
            issuer=self.issuer,
            client_id=self.provider.client_id,
            nonce=nonce,
            access_token=tokens.access_token,
            now=self._clock(),
            algorithms=self.provider.algorithms,
            at_hash_required=self.provider.at_hash_required,
            proved_after=None if self.provider.proves_anew else proved_after,
        )
        try:
            told = await verified(tokens.id_token, self._published, expected)
        except ValueError as wrong:
            raise LoginFailed("untrusted", f"ID token: {wrong}") from wrong
        return told, tokens.access_token

    async def own_token(self) -> str:
        """For what we ask in our own name (client credentials, by `private_key_jwt`). Raises `LoginFailed`."""
        endpoints = await self._discovery.endpoints()
        form = {
            "grant_type": "client_credentials",
            "client_id": self.provider.client_id,
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": self._assertion(endpoints),
        }
        token = json_object(await self._answered("POST", endpoints.token, "token", data=form), "token")
        if not isinstance(token.get("access_token"), str):
            raise LoginFailed("failed", "token: none for ourselves")
        return str(token["access_token"])

    async def _userinfo(self, endpoints: Endpoints, access_token: str, sub: str) -> Mapping[str, object]:
        try:
            bearer = {"authorization": f"Bearer {access_token}".encode("ascii")}
        except UnicodeEncodeError as wrong:
            raise LoginFailed("failed", "the access token is not ASCII") from wrong
        body = await self._answered("GET", endpoints.userinfo, "userinfo", headers=bearer)
        claims = json_object(body, "userinfo")
        named = claims.get("sub")
        if not isinstance(named, str) or not hmac.compare_digest(named.encode(errors="replace"), sub.encode()):
            raise LoginFailed("untrusted", "userinfo is about another person than the ID token")
        return claims

    async def _exchange(self, endpoints: Endpoints, code: str, verifier: str) -> _Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "client_id": self.provider.client_id,
            "code_verifier": verifier,
        }
        headers: dict[str, str] = {}
        if self.provider.client_auth == "client_secret_basic":
            headers["authorization"] = _basic(form.pop("client_id"), self.provider.secret)
        else:
            form |= {"client_assertion_type": _ASSERTION_TYPE, "client_assertion": self._assertion(endpoints)}
        body = await self._answered("POST", endpoints.token, "token", data=form, headers=headers)
        try:
            tokens = msgspec.json.decode(body, type=_Tokens)
        except (msgspec.MsgspecError, RecursionError, ValueError) as wrong:
            raise LoginFailed("failed", "the token answer has not the agreed shape") from wrong
        if tokens.token_type.lower() not in ("bearer", ""):
            raise LoginFailed("failed", "token: not a bearer's")
        return tokens

    def _assertion(self, endpoints: Endpoints) -> str:
        now, us = self._clock(), self.provider.client_id
        return self._keys.signed(
            {
                "iss": us,
                "sub": us,
                "aud": endpoints.token if self.provider.assertion_audience == "token_endpoint" else self.issuer,
                "jti": self._new_token(),
                "iat": int(now.timestamp()),
                "exp": int((now + ASSERTION_LIVES).timestamp()),
            }
        )

    async def _certs(self) -> bytes:
        endpoints = await self._discovery.endpoints()
        return await self._answered("GET", endpoints.jwks, "certs")

    async def _answered(self, method: str, url: str, what: str, **request: Any) -> bytes:
        return await answered(self._http, method, url, what, patience=self.provider.patience, **request)


def _basic(client_id: str, secret: str) -> str:
    """RFC 6749 §2.3.1: both form-encoded first."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
