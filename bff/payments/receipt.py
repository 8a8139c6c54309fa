"""A payment, and each part given back of it, as a document that is kept: what the house seals."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bff.documents.document import Entry, Written
from bff.payments.bill import FEES, Bill, Refund, Said
from bff.payments.store import TOKYO
from life_events import contains_individual_number, day

WAYS: Final = {"card": "クレジットカード", "slip": "納付書"}
TITLES: Final = {"card": "領収書（カードでのお支払い）", "slip": "お支払いの確認（納付書）"}
"""Who was paid by a slip gives the receipt; here it is said that it was paid."""


def receipt_of(bill: Bill, said: Said, to: str, ward_name: str) -> Written | None:
    """None: it is not paid."""
    if bill.state != "paid" or bill.paid_at is None or bill.receipt_number is None:
        return None
    way = bill.paid_by or "slip"
    paid = next((one for one in bill.tries if one.state == "paid"), None)
    lines = [
        ("内容", said.content or FEES[bill.fee].ja),
        ("金額", f"{bill.amount_yen or 0:,}円"),
        ("支払日時", _moment(bill.paid_at)),
        ("支払先", said.payee or ward_name),
        ("支払方法", WAYS[way]),
        ("請求番号", bill.number),
        ("決済会社の番号", (paid.reference or "") if paid else ""),
    ]
    return _written(bill, bill.receipt_number, TITLES[way], to, bill.paid_at, lines)


def refund_of(bill: Bill, refund: Refund, said: Said, to: str) -> Written | None:
    """None: it was not given back, or of a payment that has no receipt."""
    if refund.state != "done" or refund.done_at is None or bill.receipt_number is None:
        return None
    lines = [
        ("内容", said.content or FEES[bill.fee].ja),
        ("返金額", f"{refund.amount_yen:,}円"),
        ("返金日時", _moment(refund.done_at)),
        ("理由", refund.reason),
        ("もとの領収書", bill.receipt_number),
        ("もとの金額", f"{bill.amount_yen or 0:,}円"),
        ("請求番号", bill.number),
    ]
    return _written(
        bill, f"{bill.receipt_number}-R{refund.id.hex[:6].upper()}", "返金の通知", to, refund.done_at, lines
    )


def _written(bill: Bill, number: str, title: str, to: str, at: datetime, lines: list[tuple[str, str]]) -> Written:
    """A number of another's that looks like a 個人番号 is left out."""
    kept = [Entry(label, value) for label, value in lines if value and not contains_individual_number(value)]
    on = at.astimezone(TOKYO).date()
    return Written(number, bill.ward, "receipt", title, to, on, None, tuple(kept))


def _moment(at: datetime) -> str:
    here = at.astimezone(TOKYO)
    return f"{day(here.date()).ja} {here:%H:%M}"
