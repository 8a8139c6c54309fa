"""Stand-in of デジタル認証アプリ / マイナアプリ as an OpenID Connect provider, and of the wards' own (realm staff)."""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from litestar import Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from infra.sandbox.authorization import (
    REALMS,
    NotOurClient,
    Realm,
    Request,
    SentBack,
    read_request,
)
from infra.sandbox.faults import Faults, Mode
from infra.sandbox.keys import KeyRing
from infra.sandbox.pages import Asked, Pages
from infra.sandbox.people import People, Persona, resolve
from infra.sandbox.settings import Clock, Settings
from infra.sandbox.signing.desk import Refused, Signatures
from infra.sandbox.tokens import Grant, TokenError, Tokens

PATH: Final = "/api/realms/{name:str}/protocol/openid-connect"
NO_TITLE: Final = "この画面は開けません"
NO_WAY: Final = {"pin_locked": "PIN locked", "certificate_expired": "Certificate expired"}
CANCEL: Final = "cancel"
SHOWN: Final = ("openid", "name", "address", "birthdate", "gender", "sign", "profile", "ward", "department", "roles")
"""Scopes in the order the page names them."""


@dataclass(frozen=True)
class IdentityProvider:
    settings: Settings
    people: People
    tokens: Tokens
    ring: KeyRing
    faults: Faults
    pages: Pages
    clock: Clock
    signatures: Signatures

    def router(self) -> Router:
        @get("/auth")
        async def ask(name: FromPath[str], request: Asked) -> Response[object]:
            return await self._unless_down() or self._ask(_realm(name), request)

        @post("/auth", status_code=200)
        async def choose(name: FromPath[str], request: Asked) -> Response[object]:
            form = await _form(request)
            return await self._unless_down() or self._choose(_realm(name), request, form)

        @post("/token", status_code=200)
        async def token(name: FromPath[str], request: Asked) -> Response[object]:
            form = await _form(request)
            return await self._unless_down_json() or self._token(_realm(name), form)

        @get("/userinfo")
        async def userinfo(name: FromPath[str], request: Asked) -> Response[object]:
            bearer = request.headers.get("authorization", "")
            return await self._unless_down_json() or self._userinfo(_realm(name), bearer)

        @get("/certs")
        async def certs(name: FromPath[str]) -> Response[object]:
            _realm(name)
            return await self._unless_down_json() or _plain(self.ring.published())

        return Router(PATH, route_handlers=[ask, choose, token, userinfo, certs])

    def _ask(self, realm: Realm, request: Asked) -> Response[object]:
        asked = self._read(realm, request)
        if isinstance(asked, Response):
            return asked
        values = {
            "staff": realm == "staff",
            "choices": self.people.staff if realm == "staff" else self.people.residents,
            "scope": [one for one in SHOWN if one in asked.scope],
            "action": request.url.path + "?" + request.url.query,
        }
        return self.pages.show("persona.html", values, forms_lead_to=self.settings.client_origin)

    def _choose(self, realm: Realm, request: Asked, form: dict[str, str]) -> Response[object]:
        asked, chosen = self._read(realm, request), form.get("persona", "")
        if isinstance(asked, Response):
            return asked
        if chosen == CANCEL:
            return _sent_back(asked, "access_denied", "User cancelled")
        persona = self.people.residents.get(chosen)
        if chosen not in (self.people.staff if realm == "staff" else self.people.residents):
            return self._no_page("その人はいません。")
        if persona and persona.act in NO_WAY:
            return _sent_back(asked, "access_denied", NO_WAY[persona.act])
        if "sign" in asked.scope:
            return self._sign(asked, request, chosen, form)
        return self._with_code(asked, chosen)

    def _sign(self, asked: Request, request: Asked, id: str, form: dict[str, str]) -> Response[object]:
        """First the page that asks her password; then what she did on it."""
        person, found = self.people.residents[id], self.signatures.of(asked)
        if found is None:
            return _sent_back(asked, "invalid_request", "Sign transaction not valid")
        told: Refused | str | None = "" if "act" not in form else self.signatures.signed(found, id, person, form)
        if isinstance(told, Refused):
            return _sent_back(asked, told.error, told.description)
        if told is None:
            return self._with_code(asked, id)
        action = request.url.path + "?" + request.url.query
        return self.signatures.page(self.pages, asked, id, person, action, self.settings.client_origin, told)

    def _read(self, realm: Realm, request: Asked) -> Request | Response[object]:
        settings = self.settings
        try:
            return read_request(
                realm, request.url.query, client_id=settings.client_id, client_origin=settings.client_origin
            )
        except NotOurClient as error:
            return self._no_page(f"登録されていない値です: {error}")
        except SentBack as error:
            return _redirect(error.location)

    def _with_code(self, asked: Request, person: str) -> Response[object]:
        code = self.tokens.code_for(asked, person, self.clock.epoch())
        answer = {"state": asked.state, "session_state": secrets.token_hex(16), "code": code}
        return _redirect(f"{asked.redirect_uri}?{urlencode(answer)}")

    def _token(self, realm: Realm, form: dict[str, str]) -> Response[object]:
        wrongly = self.faults.mode("identity") is Mode.GARBAGE
        try:
            return _plain(self.tokens.exchange(realm, form, self.clock.epoch(), wrongly=wrongly))
        except TokenError as error:
            return _plain({"error": error.error, "error_description": error.description}, error.status)

    def _userinfo(self, realm: Realm, authorization: str) -> Response[object]:
        try:
            grant = self.tokens.bearer(realm, authorization, self.clock.epoch())
        except TokenError as error:
            challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            content = {"error": error.error, "error_description": error.description}
            return Response(content, status_code=error.status, headers=challenge)
        return _plain(self._claims(grant))

    def _claims(self, grant: Grant) -> dict[str, object]:
        subject: dict[str, object] = {"sub": self.tokens.subject(grant)}
        if grant.request.realm == "staff":
            official = self.people.staff[grant.persona]
            return subject | {
                "name": official.name,
                "ward": official.ward,
                "department": official.department,
                "roles": official.roles,
                **({"school": official.school} if official.school else {}),
            }
        persona = self.people.residents[grant.persona]
        granted = self._attributes(persona).items() if persona.act != "declines" else ()
        return subject | {key: value for key, value in granted if key in grant.request.scope}

    def _attributes(self, persona: Persona) -> dict[str, object]:
        """The 基本4情報 in the formats seen: birthdate with hyphens, gender "1" male or "2" female."""
        birthdate = resolve(persona.born, self.clock.today())
        return {"name": persona.name, "address": persona.address, "birthdate": birthdate, "gender": persona.gender}

    def _no_page(self, why: str, status: int = 400) -> Response[object]:
        return self.pages.show("refused.html", {"title": NO_TITLE, "why": why}, status=status)

    async def _unless_down(self) -> Response[object] | None:
        """GARBAGE is no page fault: it only spoils the ID token's signature."""
        if self.faults.mode("identity") in (Mode.OK, Mode.GARBAGE):
            return None
        down = await self.faults.before("identity")
        return self._no_page("ただいま使えません。", 503) if down else None

    async def _unless_down_json(self) -> Response[object] | None:
        if self.faults.mode("identity") in (Mode.OK, Mode.GARBAGE):
            return None
        down = await self.faults.before("identity")
        return _plain({"error": "temporarily_unavailable"}, down.status) if down else None


def _realm(name: str) -> Realm:
    for realm in REALMS:
        if realm == name:
            return realm
    raise NotFoundException(detail="Realm does not exist")


async def _form(request: Asked) -> dict[str, str]:
    """The fields of a urlencoded body; anything else, and every repeated field, counts as not sent."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _redirect(location: str) -> Response[object]:
    return Response("", status_code=302, headers={"Location": location})


def _sent_back(asked: Request, error: str, description: str) -> Response[object]:
    return _redirect(SentBack(error, description, asked.redirect_uri, asked.state).location)


def _plain(content: object, status: int = 200) -> Response[object]:
    return Response(content, status_code=status)
