"""A card provider: a hosted page that takes the card, signed words to the house, questions and refunds.

POST /_card/look and /_card/refunds are asked by the house; GET /_card/pay is where its residents are led. What is
signed: HMAC-SHA256 over `purpose.stamp.body`, or over the sorted parameters of an address.
"""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import httpx
import msgspec
from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from infra.sandbox.faults import Faults, Mode
from infra.sandbox.pages import Asked, Pages
from infra.sandbox.settings import Clock

FAULT: Final = "card"
SECRET: Final = b"only for the made-up card provider, never for a real one"
NUMBER: Final = "4242 4242 4242 4242"
MERCHANT: Final = "kurashimado"
_SIGNED: Final = ("merchant", "payment", "amount", "currency", "number", "ends", "back")


class Looking(msgspec.Struct, frozen=True):
    merchant: str
    payment: str


class Refunding(msgspec.Struct, frozen=True):
    merchant: str
    refund: str
    payment: str
    amount: int
    currency: str


@dataclass
class Payment:
    """`refunds`: by the id the house gave, how each was answered."""

    amount: int
    currency: str
    reference: str
    state: str = "open"
    refunds: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return self.amount - sum(yen for yen, state in self.refunds.values() if state == "done")


@dataclass
class CardDesk:
    """`house`: the origin at which it hears notifications."""

    clock: Clock
    faults: Faults
    pages: Pages
    house: str
    payments: dict[str, Payment] = field(default_factory=dict)

    def routes(self) -> list[HTTPRouteHandler]:
        return [self._page(), self._choose(), self._look(), self._refund()]

    def _page(self) -> HTTPRouteHandler:
        @get("/_card/pay", include_in_schema=False)
        async def page(request: Asked) -> Response[object]:
            told = dict(request.query_params.items())
            if (why := self._wrong(told)) is not None:
                return self.pages.show("card_refused.html", {"why": why}, status=400)
            self._payment(told)
            values = {"told": told, "card": NUMBER, "amount": f"{int(told['amount']):,}", "query": urlencode(told)}
            return self.pages.show("card.html", values, forms_lead_to=_origin(told["back"]))

        return page

    def _choose(self) -> HTTPRouteHandler:
        @post("/_card/pay", include_in_schema=False, status_code=303)
        async def choose(request: Asked) -> Response[Any]:
            told = dict(request.query_params.items())
            if (why := self._wrong(told)) is not None:
                return self.pages.show("card_refused.html", {"why": why}, status=400)
            payment, act = self._payment(told), str((await request.form()).get("act", ""))
            if payment.state in ("open", "failed", "cancelled"):
                payment.state = {"pay": "paid", "lose": "paid", "decline": "failed"}.get(act, "cancelled")
            if act == "lose":
                return self.pages.show("card_lost.html", {})
            await self._notify(told["payment"], payment)
            return Redirect(self._back(told["back"], told["payment"], payment), status_code=303)

        return choose

    def _look(self) -> HTTPRouteHandler:
        @post("/_card/look", include_in_schema=False, status_code=200)
        async def look(request: Asked) -> Response[bytes]:
            body = await request.body()
            if self.faults.mode(FAULT) is not Mode.OK or not self._is_house("look", request, body):
                return Response(b"", status_code=503)
            asked = msgspec.json.decode(body, type=Looking)
            known = self.payments.get(asked.payment)
            if known is None:
                return self._answer("look", {}, 404)
            return self._answer("look", _word(asked.payment, known))

        return look

    def _refund(self) -> HTTPRouteHandler:
        @post("/_card/refunds", include_in_schema=False, status_code=200)
        async def refund(request: Asked) -> Response[bytes]:
            body = await request.body()
            if self.faults.mode(FAULT) is not Mode.OK or not self._is_house("refund", request, body):
                return Response(b"", status_code=503)
            asked = msgspec.json.decode(body, type=Refunding)
            known = self.payments.get(asked.payment)
            if known is None or known.state != "paid":
                return self._answer("refund", {"refund": asked.refund, "state": "refused"})
            if asked.refund not in known.refunds:
                fits = 0 < asked.amount <= known.left and asked.currency == known.currency
                known.refunds[asked.refund] = (asked.amount, "done" if fits else "refused")
            return self._answer("refund", {"refund": asked.refund, "state": known.refunds[asked.refund][1]})

        return refund

    def _wrong(self, told: dict[str, str]) -> str | None:
        signed = {name: told.get(name, "") for name in _SIGNED}
        made = _sign("pay", told.get("stamp", ""), _in_order(signed))
        if set(told) != {*_SIGNED, "stamp", "signature"} or not hmac.compare_digest(made, told.get("signature", "")):
            return "この支払いの指示は、署名が正しくありません。"
        if told["merchant"] != MERCHANT or int(told["ends"]) < self.clock.epoch():
            return "この支払いの受付は終わりました。"
        return None

    def _payment(self, told: dict[str, str]) -> Payment:
        new = Payment(int(told["amount"]), told["currency"], f"ch_{uuid4().hex[:16]}")
        return self.payments.setdefault(told["payment"], new)

    async def _notify(self, id: str, payment: Payment) -> None:
        """Once; a house that does not hear it asks later."""
        if self.faults.mode(FAULT) is not Mode.OK:
            return
        body = msgspec.json.encode({**_word(id, payment), "event": f"ev_{uuid4().hex}"})
        stamp = self._stamp()
        headers = {"x-card-stamp": stamp, "x-card-signature": _sign("notify", stamp, body)}
        try:
            async with httpx.AsyncClient(timeout=3, trust_env=False) as http:
                await http.post(f"{self.house}/pay/notify", content=body, headers=headers)
        except httpx.HTTPError:
            return

    def _back(self, to: str, id: str, payment: Payment) -> str:
        told = {name: str(value) for name, value in _word(id, payment).items()}
        stamp = self._stamp()
        return f"{to}?{urlencode({**told, 'stamp': stamp, 'signature': _sign('return', stamp, _in_order(told))})}"

    def _is_house(self, purpose: str, request: Asked, body: bytes) -> bool:
        stamp = request.headers.get("x-card-stamp", "")
        return hmac.compare_digest(_sign(purpose, stamp, body), request.headers.get("x-card-signature", ""))

    def _answer(self, purpose: str, told: dict[str, object], status: int = 200) -> Response[bytes]:
        body, stamp = msgspec.json.encode(told), self._stamp()
        headers = {"x-card-stamp": stamp, "x-card-signature": _sign(purpose, stamp, body)}
        return Response(body, status_code=status, headers=headers, media_type=MediaType.JSON)

    def _stamp(self) -> str:
        return str(int(self.clock.epoch()))


def _word(id: str, payment: Payment) -> dict[str, object]:
    told = {"payment": id, "state": payment.state, "amount": payment.amount, "currency": payment.currency}
    return {**told, "reference": payment.reference}


def _sign(purpose: str, stamp: str, body: bytes) -> str:
    return hmac.new(SECRET, b"%b.%b.%b" % (purpose.encode(), stamp.encode(), body), sha256).hexdigest()


def _in_order(values: dict[str, str]) -> bytes:
    return b"".join(f"{len(name)}:{name}={len(said)}:{said};".encode() for name, said in sorted(values.items()))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
