"""What is to be paid, how it was tried, and what was given back: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.identity.keys import DataKey
from life_events.terms import Text

State = Literal["looking_up", "unknown", "due", "paid", "expired", "cancelled"]
TryState = Literal["started", "paid", "failed", "cancelled", "expired", "late", "double"]
HeardBy = Literal["notification", "return", "poll"]
TO_GIVE_BACK: Final[frozenset[TryState]] = frozenset({"late", "double"})
"""The money came, and nothing was open for it."""
CURRENCY: Final = "JPY"
KIND: Final = "bill"


class Said(msgspec.Struct, frozen=True):
    """What is sealed under her key. `numbers`: the four of the slip (SlipNumbers); `qr`: the content of its eL-QR,
    passed on unread: as the ward gave it, or as she scanned it and only until the platform has said what it is."""

    payee: str = ""
    content: str = ""
    numbers: Mapping[str, str | None] | None = None
    qr: str = ""


@dataclass(frozen=True)
class Try:
    """One way to the card provider and back. `reference` is the provider's own number."""

    id: UUID
    bill: UUID
    amount_yen: int
    state: TryState
    started_at: datetime
    ends_at: datetime
    settled_at: datetime | None
    reference: str | None


@dataclass(frozen=True)
class Refund:
    """`agreed`: two officials have said so and the provider has not yet."""

    id: UUID
    bill: UUID
    try_id: UUID
    amount_yen: int
    reason: str
    state: Literal["agreed", "done", "refused"]
    at: datetime
    done_at: datetime | None
    asked_by_name: str
    agreed_by_name: str


@dataclass(frozen=True)
class Bill:
    """`number` is the house's; `said` is sealed. `resident` None: the account is gone, the ward's books are not."""

    id: UUID
    resident: UUID | None
    ward: str
    source: Literal["ward", "slip"]
    number: str
    fee: str
    said: bytes
    amount_yen: int | None
    due_on: date | None
    expires_on: date | None
    state: State
    application: UUID | None
    made_at: datetime
    issued_by_name: str
    paid_at: datetime | None
    paid_by: Literal["card", "slip"] | None
    receipt_number: str | None
    look_at: datetime | None
    tries: tuple[Try, ...] = ()
    refunds: tuple[Refund, ...] = ()

    def opened(self, key: DataKey) -> Said:
        return msgspec.json.decode(key.open(KIND, self.said), type=Said)

    @property
    def refunded_yen(self) -> int:
        return sum(one.amount_yen for one in self.refunds if one.state == "done")

    def left_of(self, tried: Try) -> int:
        """What of this payment may still be given back."""
        gone = sum(one.amount_yen for one in self.refunds if one.try_id == tried.id and one.state != "refused")
        return tried.amount_yen - gone if tried.state in ("paid", *TO_GIVE_BACK) else 0

    def is_open(self, today: date) -> bool:
        return self.state == "due" and (self.expires_on is None or today <= self.expires_on)


def sealed(key: DataKey, said: Said) -> bytes:
    return key.seal(KIND, msgspec.json.encode(said))


FEES: Final[Mapping[str, Text]] = {
    "certificate": Text(ja="証明書の手数料", easy="しょうめい書の お金", en="Fee for a certificate"),
    "childcare": Text(ja="保育料", easy="ほいくえんの お金", en="Childcare fee"),
    "meals": Text(ja="給食費", easy="きゅうしょくの お金", en="School meals"),
    "other": Text(ja="手数料", easy="手つづきの お金", en="Fee"),
    "school": Text(ja="学校・園の集金", easy="学校・ほいくえんの お金", en="School or nursery fee"),
    "slip": Text(ja="納付書", easy="はらう 紙（のうふしょ）", en="Payment slip"),
}
"""What a ward may ask to be paid; how much, the official says."""
FOR_WARDS: Final = ("certificate", "childcare", "meals", "other")
