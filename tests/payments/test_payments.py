"""Money by card: the provider's word and who pretends to be it, paid once, given back by two; slips by numbers."""

from __future__ import annotations

import base64
import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx

from bff.documents.document import tried as as_a_wards
from bff.documents.document import tried_own
from bff.documents.receiving import roots_of
from bff.identity.residents import resident_of
from bff.journeys import payments as jobs
from bff.payments import store
from bff.payments.signed import SharedKey, in_order
from infra.sandbox.nation.data import Numbers, load_nation
from tests.graphql.test_applications import newborn
from tests.others.ward import at_work
from tests.payments.bills import KEY, begins, bill_for, bill_of, notifies, payment_in, rows, word
from tests.staff.desk import MINATO, SETAGAYA
from tests.town import Outside, Person, Town

RECEIPTS = "{ viewer { documents { number title verdict isReceipt content seal entries { label value } } } }"


async def test_no_word_moves_money_but_the_providers_own(town: Town) -> None:
    """One table: what is sent, how it is answered; after each the bill is as unpaid as before."""
    hana = await town.resident("hana")
    bill = await bill_for(town, hana)
    payment = payment_in((await begins(hana, bill))["url"])
    true = word(payment)
    other = word(payment, amount=1)
    attacks: list[tuple[str, dict[str, Any], dict[str, Any], int]] = [
        ("another's key", true, {"key": SharedKey(b"x" * 32)}, 401),
        ("tampered body", true, {"altered": str(other).encode()}, 401),
        ("a signature made for a refund", true, {"purpose": "refund"}, 401),
        ("a signature made for the way back", true, {"purpose": "return"}, 401),
        ("six minutes old", true, {"late": 360}, 401),
        ("six minutes ahead", true, {"late": -360}, 401),
        ("less money", word(payment, amount=299, event="ev_2"), {}, 422),
        ("more money", word(payment, amount=301, event="ev_3"), {}, 422),
        ("other money", word(payment, currency="USD", event="ev_4"), {}, 422),
        ("a payment nobody began", word(str(uuid4()), event="ev_5"), {}, 404),
        ("no id of its own", word(payment, event=None), {}, 400),
        ("a card number beside", word(payment, event="ev_6", card="4242424242424242"), {}, 400),
        ("an amount in letters", word(payment, amount="300", event="ev_7"), {}, 400),
    ]
    for what, said, how, status in attacks:
        answer = await notifies(town, said, **how)
        assert answer.status_code == status, (what, answer.text)
        assert (await bill_of(hana, bill))["state"] == "DUE", what
    assert (await notifies(town, b"not json")).status_code == 400
    assert (await town.browser().post("/pay/notify", content=b"{}")).status_code == 401

    assert (await notifies(town, word(payment, event="ev_8"))).json() == {"heard": "news"}
    paid = await bill_of(hana, bill)
    assert (paid["state"], paid["paidBy"]) == ("PAID", "card")
    assert paid["receiptNumber"].startswith("RC-131032-")
    for again, heard, status in (
        (word(payment, event="ev_8"), "no_news", 200),
        (word(payment, event="ev_9"), "no_news", 200),
        (word(payment, event="ev_10", state="failed"), "no_news", 200),
        (word(payment, event="ev_8", state="cancelled"), "event_taken", 409),
    ):
        answer = await notifies(town, again)
        assert (answer.status_code, answer.json()["heard"]) == (status, heard)
    assert await bill_of(hana, bill) == paid
    told = await rows(town, "SELECT title->>'ja' AS title FROM notices WHERE about = :at", at=f"/payments/{bill}")
    assert [one.title for one in told] == ["お支払いを確認しました"]


async def back(town: Town, said: dict[str, Any], key: SharedKey = KEY, **changed: str) -> str:
    """Where the browser is led on to."""
    told = {name: str(value) for name, value in said.items() if name != "event"}
    stamp = str(int(town.house.clock().timestamp()))
    signed = {**told, "stamp": stamp, "signature": key.sign("return", stamp, in_order(told)), **changed}
    answer = await town.browser().get(f"/pay/return?{urlencode(signed)}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_the_way_back_is_believed_for_its_signature_alone(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    bill = await bill_for(town, hana)
    assert (await begins(ken, bill))["__typename"] == "NotFound"
    payment = payment_in((await begins(hana, bill))["url"])
    assert payment_in((await begins(hana, bill))["url"]) == payment, "two tabs lead to one payment"
    for led in (
        await back(town, word(payment), key=SharedKey(b"y" * 32)),
        await back(town, word(payment), amount="1"),
        await back(town, word(payment), more="1"),
        await back(town, word(payment, amount=1)),
    ):
        assert led == "/payments?back=unclear"
    assert (await bill_of(hana, bill))["state"] == "DUE"
    assert await back(town, word(payment, state="cancelled")) == f"/payments/{bill}?back=card"
    assert [one["state"] for one in (await bill_of(hana, bill))["tries"]] == ["CANCELLED"]
    second = payment_in((await begins(hana, bill))["url"])
    assert await back(town, word(second)) == f"/payments/{bill}?back=card"
    assert (await bill_of(hana, bill))["state"] == "PAID"
    assert (await begins(hana, bill))["__typename"] == "StepClosed"
    await notifies(town, word(payment, event="ev_20"))
    states = [one["state"] for one in (await bill_of(hana, bill))["tries"]]
    assert states == ["DOUBLE", "PAID"], "the first try was paid after all, and is told of as a second payment"


async def test_a_payment_nobody_told_of_is_asked_for_and_given_back_in_part_by_two(
    town: Town, outside: Outside
) -> None:
    """The stand-in's notification does not reach the test town, as in a bad night: the job asks."""
    hana = await town.resident("hana")
    bill = await bill_for(town, hana, yen=1000)
    url = (await begins(hana, bill))["url"]
    async with httpx.AsyncClient() as away:
        assert "1,000円" in (await away.get(url)).text
        assert (await away.get(url.replace("amount=1000", "amount=1"))).status_code == 400
        led = await away.post(url, data={"act": "pay"})
    assert led.status_code == 303
    assert led.headers["location"].startswith("https://kurashimado.test/pay/return?")
    await rows(town, "UPDATE payment_tries SET look_at = now() RETURNING 1")
    await outside.mode("card", "silent")
    await jobs.look_round(town.house)
    assert (await bill_of(hana, bill))["state"] == "DUE"
    await outside.mode("card", "ok")
    await rows(town, "UPDATE payment_tries SET look_at = now() RETURNING 1")
    await jobs.look_round(town.house)
    assert (await bill_of(hana, bill))["state"] == "PAID"

    ishii, ueda = await at_work(town, "石井", MINATO), await at_work(town, "上田", MINATO)
    other = await at_work(town, "中村", SETAGAYA)
    assert (await other.opens(f"/staff/payments/{bill}")).status == 404
    tried = (await rows(town, "SELECT id FROM payment_tries"))[0].id
    ask = {"try": str(tried), "refund_amount": "1001", "note": "金額の誤り"}
    assert "返せる額は" in (await ishii.sends(f"/staff/payments/{bill}/refund", ask)).text
    assert (await ishii.sends(f"/staff/payments/{bill}/refund", {**ask, "refund_amount": "400"})).status == 303
    waits = (await rows(town, "SELECT id FROM staff_asks"))[0].id
    assert (await ishii.sends(f"/staff/second/{waits}/agree", {})).status == 403
    assert (await ueda.sends(f"/staff/second/{waits}/agree", {})).status == 303
    await outside.mode("card", "silent")
    await town.promises_are_kept()
    assert (await bill_of(hana, bill))["refunds"] == [{"state": "AGREED", "amountYen": 400}]
    await outside.mode("card", "ok")
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    assert (await bill_of(hana, bill))["refunds"] == [{"state": "DONE", "amountYen": 400}]
    await town.promises_are_kept()
    await _receipts_are_sealed(town, hana, bill)
    too_much = await ishii.sends(f"/staff/payments/{bill}/refund", {**ask, "refund_amount": "601"})
    assert too_much.status == 422
    file = (await ishii.browser.get("/staff/payments.csv")).text.removeprefix("\ufeff")
    (line,) = csv.DictReader(io.StringIO(file))
    assert (line["amount_yen"], line["refunded_yen"], line["state"]) == ("1000", "400", "paid")


async def _receipts_are_sealed(town: Town, hana: Person, bill: UUID) -> None:
    """Among her documents, under the seal of the house, which is no ward's."""
    kept = (await hana.asks(RECEIPTS))["viewer"]["documents"]
    assert [(one["title"], one["verdict"], one["isReceipt"]) for one in kept] == [
        ("返金の通知", "VALID", True),
        ("領収書（カードでのお支払い）", "VALID", True),
    ]
    assert {"label": "返金額", "value": "400円"} in kept[0]["entries"]
    assert {"label": "金額", "value": "1,000円"} in kept[1]["entries"]
    assert kept[1]["number"] == (await bill_of(hana, bill))["receiptNumber"]
    content, seal = (base64.b64decode(kept[1][part]) for part in ("content", "seal"))
    signing = town.house.signing
    roots = roots_of(signing.seal_roots)
    now = town.house.clock()
    assert tried_own(content, seal, roots=roots, now=now) == "valid"
    assert tried_own(content.replace(b"1,000", b"9,000"), seal, roots=roots, now=now) == "broken"
    assert tried_own(content, seal, roots=[], now=now) == "unknown_seal"
    assert as_a_wards(content, seal, ward=MINATO, roots=roots, now=now) == "other_ward", "no ward's own"


async def test_an_official_asks_for_a_fee_takes_it_back_and_late_money_is_told_of(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    receipt = (await hana.sends(step, answers))["receiptNumber"]
    ishii = await at_work(town, "石井", MINATO)
    due = (town.house.today() + timedelta(days=3)).isoformat()
    form = {"key": str(uuid4()), "bill_receipt": receipt, "fee": "certificate", "amount": "300", "due_on": due}
    wrong = await ishii.sends("/staff/payments/new", {**form, "amount": "-1", "payment": "abc"})
    assert wrong.status == 422
    assert wrong.value("bill_receipt") == receipt
    for _ in range(2):
        assert (await ishii.sends("/staff/payments/new", form)).status == 303
    (bill,) = (await hana.asks("{ viewer { payments { id byCard application } } }"))["viewer"]["payments"]
    assert bill["byCard"] is True
    for _ in range(2):
        await jobs.come_round(town.house)
    payment = payment_in((await begins(hana, UUID(bill["id"])))["url"])
    assert (await ishii.sends(f"/staff/payments/{bill['id']}/cancel", {"note": "誤り"})).status == 303
    await notifies(town, word(payment))
    now = await bill_of(hana, UUID(bill["id"]))
    assert (now["state"], now["tries"]) == ("CANCELLED", [{"state": "LATE"}])
    assert "返すお金があるもの（1件）" in (await ishii.opens("/staff/payments")).text
    told = await rows(town, "SELECT title->>'ja' AS title FROM notices WHERE about = :at", at=f"/payments/{bill['id']}")
    assert sorted(one.title for one in told) == sorted(
        [
            "お支払いのお願い",
            "納期限が近づいています",
            "お支払いのお願いを取り消しました",
            "取扱期限のあとにお支払いが届きました",
        ]
    )


async def test_a_slip_by_its_numbers_is_looked_up_beside(town: Town) -> None:
    hana = await town.resident("hana")
    slips = {over: next(one for one in load_nation().slips if one.over == over) for over in ("eltax", "payeasy")}
    added = {over: await adds(hana, str(uuid4()), slip.numbers.payment, slip.numbers) for over, slip in slips.items()}
    numbers = slips["eltax"].numbers
    unknown = await adds(hana, str(uuid4()), "99999999999999", numbers)
    assert (await adds(hana, str(uuid4()), "12-ab", numbers))["__typename"] == "FieldsRefused"
    assert added["eltax"]["state"] == "LOOKING_UP"
    await town.promises_are_kept()
    for over, slip in slips.items():
        found = await bill_of(hana, UUID(added[over]["id"]))
        assert found["state"] in ("DUE", "PAID", "EXPIRED")
        assert (found["amountYen"], found["payee"], found["byCard"]) == (slip.amount_yen, slip.payee, False)
    assert (await begins(hana, UUID(added["eltax"]["id"])))["__typename"] == "StepClosed"
    assert (await bill_of(hana, UUID(unknown["id"])))["state"] == "UNKNOWN"


async def test_a_scanned_code_leads_to_its_slip_once_and_is_kept_no_longer_than_needed(town: Town) -> None:
    """The platform says what is on it; a slip she has already is that one, whichever way it came."""
    hana, ken = await town.resident("hana"), await town.resident("ken")
    slip = next(one for one in load_nation().slips if one.over == "eltax").numbers
    code = f"eL:{slip.institution}:{slip.payment}:{slip.confirmation}:{slip.kind}"
    asked = await bill_for(town, hana)
    assert (await scans(hana, "eL:13103:00012345678901:123456:1"))["id"] == str(asked), "the ward's own"
    for wrong in ("", "x" * 3000, "123456789018"):
        assert (await scans(hana, wrong))["__typename"] == "FieldsRefused"
    first = await scans(hana, code)
    assert (first["state"], (await scans(hana, code))["id"]) == ("LOOKING_UP", first["id"])
    foreign = await scans(hana, "WIFI:T:WPA;S:home;;")
    others = await scans(ken, code)
    await town.promises_are_kept()
    found = await bill_of(hana, UUID(first["id"]))
    assert (found["state"], found["payee"], found["numbers"]["payment"]) == ("DUE", "港区", slip.payment)
    assert found["square"] is None
    assert (await adds(hana, str(uuid4()), slip.payment, slip))["id"] == first["id"]
    assert (await bill_of(ken, UUID(others["id"])))["state"] == "DUE"
    unknown = await bill_of(hana, UUID(foreign["id"]))
    assert (unknown["state"], unknown["numbers"]) == ("UNKNOWN", None)
    typed = await adds(ken, str(uuid4()), slip.payment, slip)
    assert typed["id"] == others["id"]
    async with town.house.db.house() as conn:
        for one in (first, foreign):
            bill = await store.by_id(conn, UUID(one["id"]))
            who = await resident_of(conn, bill.resident, town.house.keys) if bill and bill.resident else None
            assert bill
            assert who
            assert bill.opened(who.key).qr == "", "it lay here only until somebody had said what it is"


async def scans(person: Person, content: str) -> dict[str, Any]:
    told = await person.asks(
        "mutation($i: ScanInput!) { scanSlip(input: $i) { __typename ... on Bill { id state } } }",
        i={"id": str(uuid4()), "content": content},
    )
    return dict(told["scanSlip"])


async def adds(person: Person, id: str, payment: str, numbers: Numbers) -> dict[str, Any]:
    told = await person.asks(
        "mutation($i: SlipInput!) { addSlip(input: $i) { __typename ... on Bill { id state } } }",
        i={
            "id": id,
            "institution": numbers.institution,
            "payment": payment,
            "confirmation": numbers.confirmation,
            "kind": numbers.kind,
        },
    )
    return dict(told["addSlip"])
