"""The card provider by redirection: its page takes the card, we take its signed word. No card number comes here.

The shape is neutral; a provider's own field names belong into another file like this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode
from uuid import UUID

import httpx
import msgspec

from bff.errors import NOT_JSON
from bff.payments.bill import CURRENCY, Try
from bff.payments.signed import NotTheirs, SharedKey, in_order

STAMP: Final = "x-card-stamp"
SIGNATURE: Final = "x-card-signature"
NOT_FOUND: Final = 404
RETURNED: Final = frozenset({"payment", "state", "amount", "currency", "reference"})
"""What an address that leads back carries beside stamp and signature; anything else is not theirs."""
Reference = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the provider says of one payment; `event` is empty where it was asked."""

    payment: UUID
    state: Literal["open", "paid", "failed", "cancelled"]
    amount: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
    currency: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
    reference: Reference
    event: Annotated[str, msgspec.Meta(max_length=100)] = ""


class _Refunded(msgspec.Struct, frozen=True):
    refund: UUID
    state: Literal["done", "refused"]


class NoAnswer(Exception):
    """The provider is silent, or what came is not its word; it is asked again later."""


@dataclass(frozen=True)
class CardGate:
    """`url`: where the provider's paths begin; `back`: our own address that it leads back to."""

    http: httpx.AsyncClient
    url: str
    merchant: str
    key: SharedKey
    back: str
    clock: Callable[[], datetime]

    def leads_to(self, tried: Try, number: str) -> str:
        """The address of the hosted page; made without asking anybody. `number` is what stands on the statement."""
        told = {
            "merchant": self.merchant,
            "payment": str(tried.id),
            "amount": str(tried.amount_yen),
            "currency": CURRENCY,
            "number": number,
            "ends": str(int(tried.ends_at.timestamp())),
            "back": self.back,
        }
        stamp = self._stamp()
        signed = {**told, "stamp": stamp, "signature": self.key.sign("pay", stamp, in_order(told))}
        return f"{self.url}/pay?{urlencode(signed)}"

    def returned(self, query: Mapping[str, str]) -> Word:
        """Raises `NotTheirs`."""
        told = {name: value for name, value in query.items() if name not in ("stamp", "signature")}
        body = in_order(told)
        self.key.check("return", query.get("stamp", ""), body, query.get("signature", ""), self.clock())
        if set(told) != RETURNED or not told["amount"].isascii() or not told["amount"].isdigit():
            raise NotTheirs("shape")
        return _read({**told, "amount": int(told["amount"])})

    def notified(self, headers: Mapping[str, str], body: bytes) -> Word:
        """Raises `NotTheirs`; a notification without an id of its own is none."""
        self.key.check("notify", headers.get(STAMP, ""), body, headers.get(SIGNATURE, ""), self.clock())
        word = _read(body)
        if not word.event:
            raise NotTheirs("shape")
        return word

    async def look(self, tried: UUID) -> Word | None:
        """None: the provider says that it never heard of it, as when she turned back before its page. Raises
        `NoAnswer`."""
        answer = await self._ask("look", "/look", {"merchant": self.merchant, "payment": str(tried)})
        if answer is None:
            return None
        try:
            word = _read(answer)
        except NotTheirs as wrong:
            raise NoAnswer from wrong
        if word.payment != tried:
            raise NoAnswer
        return word

    async def refund(self, *, refund: UUID, tried: UUID, amount_yen: int) -> Literal["done", "refused"]:
        """The same `refund` again is answered as the first time. Raises `NoAnswer`."""
        asked = {"merchant": self.merchant, "refund": str(refund), "payment": str(tried)}
        answer = await self._ask("refund", "/refunds", {**asked, "amount": amount_yen, "currency": CURRENCY})
        if answer is None:
            raise NoAnswer
        try:
            told = msgspec.json.decode(answer, type=_Refunded)
        except NOT_JSON as wrong:
            raise NoAnswer from wrong
        if told.refund != refund:
            raise NoAnswer
        return told.state

    async def _ask(self, purpose: Literal["look", "refund"], path: str, said: Mapping[str, Any]) -> bytes | None:
        """None: 404, signed like all that is theirs."""
        body, stamp = msgspec.json.encode(said), self._stamp()
        headers = {STAMP: stamp, SIGNATURE: self.key.sign(purpose, stamp, body), "content-type": "application/json"}
        try:
            answer = await self.http.post(f"{self.url}{path}", content=body, headers=headers)
        except httpx.HTTPError as silent:
            raise NoAnswer from silent
        told = answer.headers
        try:
            self.key.check(purpose, told.get(STAMP, ""), answer.content, told.get(SIGNATURE, ""), self.clock())
        except NotTheirs as wrong:
            raise NoAnswer from wrong
        if answer.status_code == NOT_FOUND:
            return None
        if not answer.is_success:
            raise NoAnswer
        return answer.content

    def _stamp(self) -> str:
        return str(int(self.clock().timestamp()))


def _read(told: bytes | Mapping[str, Any]) -> Word:
    try:
        if isinstance(told, bytes):
            return msgspec.json.decode(told, type=Word)
        return msgspec.convert(told, Word)
    except NOT_JSON as wrong:
        raise NotTheirs("shape") from wrong
