"""The signature API (署名API; identity-and-exchange 1.10, B), and the app's page for her password.

Field names are not published; ours are `data`, `sign_transaction_id`, `status` and `sign_certificate_jwe`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from infra.sandbox.authorization import Request
from infra.sandbox.faults import Faults, Mode
from infra.sandbox.pages import Asked, Pages
from infra.sandbox.people import Persona
from infra.sandbox.settings import Clock
from infra.sandbox.signing.cards import KINDS, Cards, Kind
from infra.sandbox.signing.operator import Operator
from infra.sandbox.signing.transactions import Transaction, Transactions
from infra.sandbox.tokens import TokenError, Tokens

PASSWORD: Final = "KURASHI23"  # noqa: S105 - of made-up cards, shown on the page
TRIES: Final = 5
SHAPE: Final = re.compile(r"[A-Z0-9]{6,16}")
SIGN: Final = "sign"


class Wanted(msgspec.Struct, frozen=True):
    """The body of POST /api/sign-transactions."""

    data: str


@dataclass(frozen=True)
class Refused:
    """How the app sends her back without a signature."""

    error: str
    description: str


@dataclass
class Signatures:
    """Everything of signing that the identity provider and the verifier share."""

    tokens: Tokens
    cards: Cards
    operator: Operator
    faults: Faults
    clock: Clock
    transactions: Transactions = field(default_factory=Transactions)
    _wrong: dict[str, int] = field(default_factory=dict)

    def of(self, asked: Request) -> Transaction | None:
        """The transaction that an authorization request names, while it may still be signed."""
        found = self.transactions.get(asked.sign_transaction or "", self.clock.epoch())
        return found if found is not None and found.state in ("CREATED", "AUTHORIZED") else None

    def page(
        self, pages: Pages, asked: Request, persona: str, person: Persona, action: str, leads_to: str, wrong: str = ""
    ) -> Response[object]:
        """She has shown her card; the app asks the password for signing."""
        values = {
            "persona": persona,
            "label": person.label,
            "kinds": KINDS,
            "password": PASSWORD,
            "action": action,
            "wrong": wrong,
        }
        found = self.of(asked)
        if found is not None:
            found.state, found.persona = "AUTHORIZED", persona
        return pages.show("sign.html", values, forms_lead_to=leads_to)

    def signed(self, found: Transaction, id: str, person: Persona, form: Mapping[str, str]) -> Refused | str | None:
        """None: it is signed. A text: what she is told on the same page."""
        if form.get("act") != SIGN:
            found.state = "DECLINED"
            return Refused("access_denied", "User cancelled")
        kind: Kind = next((one for one in KINDS if one == form.get("card")), "normal")
        card = self.cards.card(id, person, kind)
        if card is None:
            return Refused("access_denied", "No signing certificate")
        if kind == "locked" or self._wrong.get(id, 0) >= TRIES:
            return Refused("access_denied", "Signing password locked")
        if not SHAPE.fullmatch(form.get("password", "")):
            return "暗証番号は、6文字から16文字までの英大文字と数字です。"
        if form["password"] != PASSWORD:
            self._wrong[id] = self._wrong.get(id, 0) + 1
            return f"暗証番号がちがいます。あと{TRIES - self._wrong[id]}回まで入力できます。"
        self._wrong.pop(id, None)
        found.sealed = self.operator.seal(card, found.algorithm, found.digest)
        found.state = "SIGNED"
        return None

    def routes(self) -> list[HTTPRouteHandler]:
        @post("/api/sign-transactions", status_code=201)
        async def begin(request: Asked) -> Response[object]:
            return await self._down() or await self._begin(request)

        @get("/api/sign-transactions/{id:str}/result")
        async def result(request: Asked, id: FromPath[str]) -> Response[object]:
            return await self._down() or self._result(request.headers.get("authorization", ""), id)

        return [begin, result]

    async def _begin(self, request: Asked) -> Response[object]:
        try:
            self.tokens.client(request.headers.get("authorization", ""), self.clock.epoch())
            wanted = msgspec.json.decode(await request.body(), type=Wanted)
        except TokenError:
            return _said(401, "invalid_token")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _said(400, "invalid_request")
        made = self.transactions.make(wanted.data, self.clock.epoch())
        if made is None:
            return _said(400, "invalid_data")
        return Response({"sign_transaction_id": made.id, "status": made.state}, status_code=201)

    def _result(self, bearer: str, id: str) -> Response[object]:
        """Only for the token of the one who signed it, and only once."""
        try:
            grant = self.tokens.bearer("main", bearer, self.clock.epoch())
        except TokenError:
            return _said(401, "invalid_token")
        found = self.transactions.get(id, self.clock.epoch())
        if found is None or grant.request.sign_transaction != id or grant.persona != found.persona:
            return _said(404, "not_found")
        if found.state in ("CREATED", "AUTHORIZED"):
            return _said(409, found.state)
        if found.state != "SIGNED" or found.is_read:
            return _said(410, found.state if found.state != "SIGNED" else "already_read")
        found.is_read = True
        answer = {"sign_transaction_id": id, "status": found.state, "sign_certificate_jwe": found.sealed}
        return Response(answer, status_code=200)

    async def _down(self) -> Response[object] | None:
        if self.faults.mode("signing") is Mode.OK:
            return None
        down = await self.faults.before("signing")
        return Response(down.body, status_code=down.status, media_type="application/json") if down else None


def _said(status: int, code: str) -> Response[object]:
    return Response({"error": code}, status_code=status)
