"""Where the card provider's word comes in: from server to server, and with the browser that it leads back.

Neither acts on a session, and neither is believed for where it comes from: the signature alone is.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final, Protocol

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from bff.guards.gate import OPEN
from bff.limits import Limits
from bff.payments import hearing, paying, store
from bff.payments.card import CardGate
from bff.payments.hearing import Heard
from bff.payments.signed import NotTheirs

RETURN: Final = "/pay/return"
LARGEST: Final = 4096
_STATUS: Final = {Heard.UNKNOWN: 404, Heard.OTHER_AMOUNT: 422}


class House(paying.House, Protocol):
    @property
    def limits(self) -> Limits: ...


def payments(house: House) -> list[HTTPRouteHandler]:
    """The routes; without a card provider both say that there is no such thing."""

    @post("/pay/notify", opt=OPEN, include_in_schema=False, status_code=200, request_max_body_size=LARGEST)
    async def notified(request: Request[Any, Any, Any]) -> Response[Any]:
        client = request.client
        await house.limits.take("payment_word", address=house.limits.address(request.headers, client and client.host))
        if house.card is None:
            return _told("no_card", 404)
        body = await request.body()
        try:
            word = house.card.notified(request.headers, body)
        except NotTheirs as refused:
            return _told(refused.why, 401 if refused.why != "shape" else 400)
        now = house.clock()
        async with house.db.house() as conn:
            fresh = await store.first_time(conn, word.event, sha256(body).digest(), now)
            if fresh is None:
                return _told("event_taken", 409)
            heard = await hearing.hear(conn, word, "notification", now) if fresh else Heard.NO_NEWS
        return _told(heard.value, _STATUS.get(heard, 200))

    @get(RETURN, include_in_schema=False)
    async def returned(request: Request[Any, Any, Any]) -> Response[Any]:
        """Leads on into the app, whatever was said; a word that is not theirs moves nothing."""
        client = request.client
        await house.limits.take("payment_word", address=house.limits.address(request.headers, client and client.host))
        told = dict(request.query_params.items())
        bill = await _believed(house.card, told) if house.card else None
        return Redirect(f"/payments/{bill}?back=card" if bill else "/payments?back=unclear", status_code=303)

    async def _believed(card: CardGate, told: dict[str, str]) -> str | None:
        try:
            word = card.returned(told)
        except NotTheirs:
            return None
        async with house.db.house() as conn:
            heard = await hearing.hear(conn, word, "return", house.clock())
            tried = await store.held_try(conn, word.payment)
        return str(tried.bill) if tried and heard not in (Heard.UNKNOWN, Heard.OTHER_AMOUNT) else None

    return [notified, returned]


def _told(code: str, status: int) -> Response[Any]:
    return Response({"heard": code}, status_code=status, headers={"Cache-Control": "no-store"})
