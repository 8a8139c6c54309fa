"""A bill of Hana's, and the card provider's word, truly signed or not."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4

import httpx
import msgspec
from sqlalchemy import text

from bff.identity.residents import resident_of
from bff.payments import store
from bff.payments.bill import Said, sealed
from bff.payments.signed import SharedKey
from bff.settings.payments import DEMO_SECRET
from tests.staff.desk import MINATO
from tests.town import Person, Town

KEY = SharedKey(base64.b64decode(DEMO_SECRET))
BILLS = (
    "{ viewer { payments { id number state amountYen byCard receiptNumber paidBy payee content isSlip"
    " numbers { payment } square { side } tries { state } refunds { state amountYen } } } }"
)


async def bill_for(town: Town, person: Person, *, yen: int = 300, expires_in: int = 30, **more: Any) -> UUID:
    me = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
    now, today = town.house.clock(), town.house.today()
    async with town.house.db.house() as conn:
        who = await resident_of(conn, me, town.house.keys)
        assert who
        numbers = {"institution": "13103", "payment": "00012345678901", "confirmation": "123456", "kind": "0000000001"}
        values: dict[str, Any] = {
            "id": uuid4(),
            "resident": me,
            "ward": MINATO,
            "source": "ward",
            "number": await store.next_number(conn, "BL", MINATO, now),
            "fee": "certificate",
            "said": sealed(who.key, Said(payee="港区", numbers=numbers, qr="eL:13103:00012345678901:123456:1")),
            "amount_yen": yen,
            "due_on": today + timedelta(days=expires_in),
            "expires_on": today + timedelta(days=expires_in),
            "state": "due",
            "made_at": now,
            "issued_by_name": "石井",
            **more,
        }
        await store.keep(conn, **values)
    return values["id"]  # type: ignore[no-any-return]


async def begins(person: Person, bill: UUID) -> dict[str, Any]:
    """How it ended, with the address of the provider's page."""
    told = await person.asks(
        "mutation($b: ID!) { payByCard(bill: $b) { __typename ... on CardPage { url } } }", b=str(bill)
    )
    return dict(told["payByCard"])


def payment_in(url: str) -> str:
    return dict(parse_qsl(urlsplit(url).query))["payment"]


async def bill_of(person: Person, bill: UUID) -> dict[str, Any]:
    told = await person.asks(BILLS)
    return next(one for one in told["viewer"]["payments"] if one["id"] == str(bill))


def word(payment: str, **changes: Any) -> dict[str, Any]:
    told = {"payment": payment, "state": "paid", "amount": 300, "currency": "JPY", "reference": "ch_1", "event": "ev_1"}
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


async def notifies(
    town: Town,
    said: dict[str, Any] | bytes,
    *,
    key: SharedKey = KEY,
    purpose: Any = "notify",
    late: int = 0,
    altered: bytes | None = None,
) -> httpx.Response:
    """A word to /pay/notify as a server sends it, without a session; `altered`: the body that arrives in its place."""
    body = said if isinstance(said, bytes) else msgspec.json.encode(said)
    stamp = str(int(town.house.clock().timestamp()) - late)
    headers = {
        "x-card-stamp": stamp,
        "x-card-signature": key.sign(purpose, stamp, body),
        "Origin": "https://card.example",
    }
    return await town.browser().post("/pay/notify", content=altered or body, headers=headers)


async def rows(town: Town, statement: str, **values: Any) -> list[Any]:
    async with town.house.db.house() as conn:
        return list(await conn.execute(text(statement), values))
