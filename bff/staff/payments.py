"""/staff/payments: fees the ward asks for, what became of them, and money that is given back by two officials."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import second_person
from bff.identity.second_person import Asked
from bff.ledger import looks
from bff.ledger.looks import Look, Looker
from bff.payments import issuing, store
from bff.payments.bill import FEES, FOR_WARDS, TO_GIVE_BACK, Bill
from bff.payments.issuing import NotIssued, NotRefunded
from bff.staff.fee_form import fee_of
from bff.staff.mistakes import Mistake
from bff.staff.reasons import mistakes_in
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

PATH: Final = "/staff/payments"
REFUND: Final = "payments_refund"
HEAD: Final = ("number", "fee", "application", "made_at", "due_on", "amount_yen", "state", "paid_at", "paid_by",
               "receipt_number", "refunded_yen", "to_give_back_yen", "references")  # fmt: skip


@get("/payments", act="payments_read")
async def bills(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """The newest first; nobody's name is in it. What has to be given back stands above."""
    async with visit.door() as conn:
        found = await store.of_ward(conn, visit.official.ward)
        owed = [bill for bill in await store.paid_in_vain(conn, visit.official.ward) if _owed(bill)]
    told = word("payment_done", done) if knows("payment_done", done) else ""
    return visit.show("payments.html", bills=found, owed=owed, fees=FEES, told=told)


@get("/payments.csv", act="payments_read")
async def ledger(visit: Visiting) -> Response[str]:
    """Every bill of the ward, page by page, with the provider's numbers to hold its statement against."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    before = None
    async with visit.door() as conn:
        while page := await store.of_ward(conn, visit.official.ward, before=before):
            writer.writerows(_line(bill) for bill in page)
            before = page[-1]
        await visit.note(conn, "payments_read", about="CSV")
    named = {"Content-Disposition": 'attachment; filename="kurashimado-payments.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=named)


@get("/payments/new", act="payments_issue")
async def before_issuing(visit: Visiting) -> Response[str]:
    return _form(visit, Typed({"key": (str(visit.house.new_id()),)}))


@post("/payments/new", act="payments_issue")
async def issue(visit: Visiting, typed: Sent) -> Response[Any]:
    who = visit.official
    fee, mistakes = fee_of(typed, ward=who.ward, ward_name=visit.ward_name, today=visit.today, by=who.name)
    if fee is None:
        return _form(visit, typed, mistakes, 422)
    try:
        async with visit.house.db.house() as conn:
            bill = await issuing.issue(conn, visit.house.keys, fee, visit.now)
            await visit.note(conn, "payments_issue", about=bill.number)
            await _looked(visit, conn, bill)
    except NotIssued as refused:
        return _form(visit, typed, (Mistake("bill_receipt", word("payments", str(refused))),), 422)
    return Redirect(f"{PATH}?done=issued", status_code=303)


@get("/payments/{bill:str}", act="payments_read")
async def one(visit: Visiting, bill: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    found = await _bill(visit, bill)
    async with visit.house.db.house() as conn:
        await _looked(visit, conn, found)
    return await _page(visit, found, told=word("payment_done", done) if knows("payment_done", done) else "")


@post("/payments/{bill:str}/cancel", act="payments_issue")
async def cancel(visit: Visiting, bill: FromPath[str], typed: Sent) -> Response[Any]:
    found, note = await _bill(visit, bill), typed.one("note").strip()
    if mistakes := mistakes_in(note):
        return await _page(visit, found, 422, mistakes=mistakes, typed=typed)
    async with visit.house.db.house() as conn:
        if await issuing.cancel(conn, visit.official.ward, found.id, visit.now):
            await visit.note(conn, "payments_issue", about=found.number, reason=note)
    return Redirect(f"{PATH}/{found.id}?done=cancelled", status_code=303)


@post("/payments/{bill:str}/refund", act=REFUND)
async def ask_to_refund(visit: Visiting, bill: FromPath[str], typed: Sent) -> Response[Any]:
    """Kept until another official has agreed."""
    found, note, said = await _bill(visit, bill), typed.one("note").strip(), typed.one("refund_amount").replace(",", "")
    yen = int(said) if said.isascii() and said.isdigit() and len(said) <= len("1000000000") else 0
    mistakes = mistakes_in(note)
    tried = identified(typed.one("try"))
    try:
        issuing.refundable(found, tried, yen)
    except NotRefunded as refused:
        mistakes += (Mistake("refund_amount", word("payments", str(refused))),)
    if mistakes:
        return await _page(visit, found, 422, mistakes=mistakes, typed=typed)
    async with visit.door() as conn:
        is_new = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=REFUND,
            about=str(tried),
            about_name=word("payments", "about", number=found.number, amount=f"{yen:,}"),
            reason=note,
            now=visit.now,
            what={"bill": str(found.id), "yen": yen},
        )
        if is_new:
            await visit.note(conn, REFUND, outcome="asked", about=found.number, reason=note)
    if not is_new:
        waits = (Mistake("refund_amount", word("payments", "waits")),)
        return await _page(visit, found, 409, mistakes=waits, typed=typed)
    return Redirect(f"{PATH}/{found.id}?done=asked", status_code=303)


async def agreed_to_refund(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """The second person's yes. What is no longer left to give back moves nothing."""
    try:
        await issuing.refund(
            conn,
            id=asked.id,
            ward=visit.official.ward,
            bill=UUID(asked.what["bill"]),
            tried=UUID(asked.about),
            amount_yen=int(asked.what["yen"]),
            reason=asked.reason,
            asked_by=asked.asked_by_name,
            agreed_by=visit.official.name,
            now=visit.now,
        )
    except NotRefunded as refused:
        await visit.note(conn, REFUND, outcome="refused", about=asked.about_name, reason=word("payments", str(refused)))


async def _page(
    visit: Visit,
    bill: Bill,
    status: int = 200,
    *,
    mistakes: tuple[Mistake, ...] = (),
    typed: Typed | None = None,
    told: str = "",
) -> Response[str]:
    return visit.show(
        "payment.html",
        status,
        bill=bill,
        fee=FEES[bill.fee].ja,
        back=[(one, bill.left_of(one)) for one in bill.tries if bill.left_of(one) > 0],
        mistakes=mistakes,
        wrong={one.field: one.text for one in mistakes},
        typed=typed or Typed(),
        told=told,
    )


def _form(visit: Visit, typed: Typed, mistakes: tuple[Mistake, ...] = (), status: int = 200) -> Response[str]:
    fees = {name: FEES[name].ja for name in FOR_WARDS}
    wrong = {one.field: one.text for one in mistakes}
    return visit.show("payment_new.html", status, typed=typed, mistakes=mistakes, wrong=wrong, fees=fees)


async def _looked(visit: Visit, conn: AsyncConnection, bill: Bill) -> None:
    """Who opened a bill stands in her list of who looked."""
    if bill.resident is not None:
        looker = Looker("official", visit.official.id, visit.official.ward)
        look = Look(bill.resident, looker, "bill", "payment", "application", bill.number)
        await looks.note(conn, look, now=visit.now, new_id=visit.house.new_id)


async def _bill(visit: Visit, said: str) -> Bill:
    async with visit.door() as conn:
        found = await store.one_in(conn, visit.official.ward, identified(said))
    if found is None:
        raise NotHere
    return found


def _owed(bill: Bill) -> int:
    """What came in and was not open to be paid, less what was given back of it."""
    return sum(bill.left_of(one) for one in bill.tries if one.state in TO_GIVE_BACK)


def _line(bill: Bill) -> tuple[str, ...]:
    def day(at: date | None) -> str:
        return at.isoformat() if at else ""

    references = " ".join(one.reference for one in bill.tries if one.reference and one.settled_at)
    return (
        bill.number, bill.fee, str(bill.application or ""), day(bill.made_at), day(bill.due_on),
        str(bill.amount_yen or ""), bill.state, day(bill.paid_at), bill.paid_by or "", bill.receipt_number or "",
        str(bill.refunded_yen), str(_owed(bill)), references,
    )  # fmt: skip


HANDLERS = (bills, ledger, before_issuing, issue, one, cancel, ask_to_refund)
