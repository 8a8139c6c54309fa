"""Stand-ins of OpenID Connect providers whose IDs a resident may link: her ward's page, a utility, a nursery, a
messenger. They publish discovery (OpenID Connect Discovery 1.0) and say in the callback who they are (RFC 9207)."""

import base64
import hmac
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qsl, unquote, urlencode

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from litestar import Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from infra.sandbox.faults import Faults, Mode
from infra.sandbox.keys import ClientKeys, half_hash, pairwise, s256
from infra.sandbox.pages import Asked, Pages
from infra.sandbox.people import People, Persona
from infra.sandbox.settings import Clock, Settings
from infra.sandbox.ward import WARDS

FILE: Final = Path(__file__).parent / "data" / "outside_ids.toml"
CODE_SECONDS: Final = 60.0
LIFE_SECONDS: Final = 300
WARD: Final = "ward-"
CLIENT: Final = "kurashimado"
SECRET: Final = "only-for-the-made-up-city"  # noqa: S105 - there is nobody behind it


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One provider, or all the wards' alike."""

    name: str
    scopes: list[str]
    client_auth: Literal["client_secret_basic", "private_key_jwt"]


def load(file: Path = FILE) -> Mapping[str, Kind]:
    """Raises msgspec.ValidationError when the file does not have the shape above."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Kind])


@dataclass(frozen=True)
class Grant:
    """That this persona said yes; `until` is in epoch seconds."""

    provider: str
    persona: str
    redirect_uri: str
    nonce: str
    challenge: str
    until: float


@dataclass
class OutsideIds:
    """All of them, on one origin. Codes and tokens live in memory and work once."""

    settings: Settings
    people: People
    faults: Faults
    pages: Pages
    clock: Clock
    client_keys: ClientKeys
    kinds: Mapping[str, Kind] = field(default_factory=load)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)

    def router(self) -> Router:
        @get("/.well-known/openid-configuration")
        async def discovery(name: FromPath[str]) -> Response[object]:
            return await self._unless_down() or Response(self._discovery(name))

        @get("/auth")
        async def ask(name: FromPath[str], request: Asked) -> Response[object]:
            return await self._unless_down() or self._ask(name, request)

        @post("/auth", status_code=302)
        async def choose(name: FromPath[str], request: Asked) -> Response[object]:
            chosen = dict(parse_qsl((await request.body()).decode())).get("persona", "")
            return self._choose(name, dict(parse_qsl(request.url.query)), chosen)

        @post("/token", status_code=200)
        async def token(name: FromPath[str], request: Asked) -> Response[object]:
            form = dict(parse_qsl((await request.body()).decode()))
            return await self._unless_down() or self._token(name, form, request.headers.get("authorization", ""))

        @get("/userinfo")
        async def userinfo(name: FromPath[str], request: Asked) -> Response[object]:
            return await self._unless_down() or self._userinfo(name, request.headers.get("authorization", ""))

        @get("/certs")
        async def certs(name: FromPath[str]) -> Response[object]:
            self._kind(name)
            return Response({"keys": [self.key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})

        return Router("/id/{name:str}", route_handlers=[discovery, ask, choose, token, userinfo, certs])

    def _kind(self, name: str) -> Kind:
        ward = WARDS.get(name.removeprefix(WARD)) if name.startswith(WARD) else None
        kind = self.kinds.get("ward" if ward else name)
        if kind is None or name == "ward":
            raise NotFoundException(detail="there is no such provider")
        return msgspec.structs.replace(kind, name=kind.name.format(ward=ward))

    def _issuer(self, name: str) -> str:
        return f"{self.settings.origin}/id/{name}"

    def _discovery(self, name: str) -> dict[str, object]:
        kind, issuer = self._kind(name), self._issuer(name)
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/auth",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/certs",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": [kind.client_auth],
            "scopes_supported": kind.scopes,
            "authorization_response_iss_parameter_supported": True,
        }

    def _ask(self, name: str, request: Asked) -> Response[object]:
        kind, asked = self._kind(name), dict(parse_qsl(request.url.query))
        if not self._is_ours(name, asked):
            return self.pages.show(
                "refused.html", {"title": "この画面は開けません", "why": "登録されていない値です。"}, status=400
            )
        values = {
            "name": kind.name,
            "choices": self.people.residents,
            "action": request.url.path + "?" + request.url.query,
        }
        return self.pages.show("outside_id.html", values, forms_lead_to=self.settings.client_origin)

    def _choose(self, name: str, asked: Mapping[str, str], chosen: str) -> Response[object]:
        self._kind(name)
        if not self._is_ours(name, asked):
            raise NotFoundException
        answer = {"state": asked["state"], "iss": self._issuer(name)}
        if chosen not in self.people.residents:
            return _redirect(asked["redirect_uri"], answer | {"error": "access_denied"})
        code = secrets.token_urlsafe(32)
        until = self.clock.epoch() + CODE_SECONDS
        self.codes[code] = Grant(
            name, chosen, asked["redirect_uri"], asked.get("nonce", ""), asked["code_challenge"], until
        )
        return _redirect(asked["redirect_uri"], answer | {"code": code})

    def _is_ours(self, name: str, asked: Mapping[str, str]) -> bool:
        scopes = set(asked.get("scope", "").split())
        return (
            asked.get("client_id") == CLIENT
            and asked.get("redirect_uri") == f"{self.settings.client_origin}/login/callback/{name}"
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
            and bool(asked.get("code_challenge"))
            and bool(asked.get("state"))
            and "openid" in scopes
            and scopes <= set(self._kind(name).scopes)
        )

    def _token(self, name: str, form: Mapping[str, str], authorization: str) -> Response[object]:
        if not self._is_client(name, form, authorization):
            return Response({"error": "invalid_client"}, status_code=401)
        grant = self.codes.pop(form.get("code", ""), None)
        if (
            grant is None
            or grant.provider != name
            or grant.until < self.clock.epoch()
            or grant.redirect_uri != form.get("redirect_uri")
            or s256(form.get("code_verifier", "")) != grant.challenge
        ):
            return Response({"error": "invalid_grant"}, status_code=400)
        access, now = secrets.token_urlsafe(32), int(self.clock.epoch())
        self.tokens[access] = grant
        claims: dict[str, object] = {
            "iss": self._issuer(name),
            "sub": pairwise(name, CLIENT, grant.persona),
            "aud": CLIENT,
            "nonce": grant.nonce,
            "iat": now,
            "exp": now + LIFE_SECONDS,
            "at_hash": half_hash(access),
        }
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key, algorithms=["RS256"])
        return Response({"access_token": access, "token_type": "Bearer", "id_token": token, "expires_in": LIFE_SECONDS})

    def _is_client(self, name: str, form: Mapping[str, str], authorization: str) -> bool:
        if self._kind(name).client_auth == "private_key_jwt":
            return self._has_signed(name, form.get("client_assertion", ""))
        told = base64.b64decode(authorization.removeprefix("Basic ").encode(), validate=False).decode(
            "utf-8", "replace"
        )
        who, _, secret = told.partition(":")
        return unquote(who) == CLIENT and hmac.compare_digest(unquote(secret).encode(), SECRET.encode())

    def _has_signed(self, name: str, assertion: str) -> bool:
        try:
            kid = jws.extract_compact(assertion.encode("ascii")).headers().get("kid")
            claims = self.client_keys.verify(assertion, kid if isinstance(kid, str) else None)
        except (JoseError, ValueError):
            return False
        meant = claims.get("aud") in (f"{self._issuer(name)}/token", self._issuer(name))
        return meant and claims.get("iss") == claims.get("sub") == CLIENT

    def _userinfo(self, name: str, authorization: str) -> Response[object]:
        grant = self.tokens.get(authorization.removeprefix("Bearer "))
        if grant is None or grant.provider != name:
            return Response({"error": "invalid_token"}, status_code=401)
        persona = self.people.residents[grant.persona]
        told = told_of(name, grant.persona, persona)
        return Response({"sub": pairwise(name, CLIENT, grant.persona), **told})

    async def _unless_down(self) -> Response[object] | None:
        if self.faults.mode("outside_ids") in (Mode.OK, Mode.GARBAGE):
            return None
        down = await self.faults.before("outside_ids")
        return Response({"error": "temporarily_unavailable"}, status_code=503) if down else None


def told_of(name: str, key: str, persona: Persona) -> dict[str, object]:
    """What an ID tells of somebody: never what the card tells; a messenger knows her by a name of her own choosing."""
    number = int.from_bytes(pairwise(name, CLIENT, key).encode()[:4], "big") % 10**7
    match name:
        case "machi-message":
            return {"name": f"{key} ☆", "email": f"{key}@mail.example", "address": "東京都のどこか"}
        case "akari-denryoku":
            contracts = (persona.electricity or {}).get("contracts")
            first = contracts[0] if isinstance(contracts, list) and contracts else {}
            return {"customer_number": first.get("number", f"EL-{number:07d}"), "email": f"{key}@mail.example"}
        case "himawari-hoiku":
            return {"guardian_number": f"H-{number:07d}", "nursery": "ひまわり保育園"}
        case _:
            return {"account_number": f"{name.removeprefix(WARD)}-{number:07d}"}


def _redirect(to: str, query: Mapping[str, str]) -> Response[object]:
    return Response("", status_code=302, headers={"Location": f"{to}?{urlencode(query)}"})
