"""A resident signs what she has filled in, in place, and every way in which that may end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bff.guards import HEADER
from tests.graphql.test_applications import newborn
from tests.signing.signer import arrived, at_the_app, begins, by_openssl, filing, receipt_of, signs, unpacked
from tests.town import Outside, Person, Town

ZIP = {"Content-Type": "application/zip"}
SUBMIT = (
    "mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { __typename"
    " ... on Application { id } ... on FieldsRefused { fields { field code } } } }"
)


async def sends(person: Person, wish: dict[str, Any], signature: str | None = None) -> dict[str, Any]:
    sent = (await person.asks(SUBMIT, input={**wish, "signature": signature}))["submitApplication"]
    return dict(sent)


async def test_she_signs_comes_back_to_the_very_form_and_keeps_a_receipt_that_openssl_believes(
    town: Town, tmp_path: Path
) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    back = await signs(hana, wish)
    assert back.path == f"/apply/{step['id'].replace(':', '%3A')}"
    assert "review" in back.told
    for _ in range(2):
        assert (await sends(hana, wish, back.signed))["id"] == wish["id"]
    shown, packed = await receipt_of(town, hana, wish["id"])
    assert shown["signature"]["algorithm"] == "RSA-2048/SHA-256"
    assert shown["receipt"]["stampedAt"] is not None
    assert by_openssl(unpacked(packed, tmp_path))
    assert b'"algorithm":"RSA-2048/SHA-256"' in (tmp_path / "statement.json").read_bytes()


ENDS = {
    "she declines": ({"act": "decline"}, "declined"),
    "she moved and the certificate lapsed": ({"card": "revoked"}, "revoked"),
    "the certificate ran out": ({"card": "expired"}, "expired"),
    "the password is locked": ({"card": "locked"}, "locked"),
    "a child of under 15 has none": ({"card": "child"}, "no_certificate"),
    "a certificate no authority issued": ({"card": "forged"}, "untrusted"),
}


async def test_each_way_in_which_it_fails_is_told_on_her_form_noted_and_nothing_is_sent(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    for said, (form, code) in ENDS.items():
        back = await signs(hana, filing(step, answers), **form)
        assert (back.unsigned, back.signed) == (code, None), said
    assert (await hana.step("child_allowance_change"))["state"] != "SENT"
    async with town.house.db.house() as conn:
        noted = await conn.execute(text("SELECT outcome FROM login_log WHERE outcome LIKE 'sign%' ORDER BY id"))
        assert [row.outcome for row in noted] == [f"sign_{code}" for _, code in ENDS.values()]


async def test_anyone_asks_verify_whether_a_receipt_is_genuine_and_is_told_no_more_than_it_says(town: Town) -> None:
    hana, stranger = await town.resident("hana"), town.browser()
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    _, packed = await receipt_of(town, hana, sent["id"])
    told = (await stranger.post("/verify", content=packed, headers=ZIP)).json()
    assert (told["genuine"], told["receiptNumber"]) == (True, sent["receiptNumber"])
    assert told["procedure"]["ja"].startswith("児童手当")
    assert told["stampedAt"] is not None
    assert told["signature"] is None
    changed = await stranger.post(
        "/verify", content=packed.replace(b'"ward":"131032"', b'"ward":"131121"'), headers=ZIP
    )
    assert (changed.status_code, changed.json()["fault"]) == (422, "broken")
    page = await hana.browser.post("/verify?lang=en", files={"receipt": ("receipt.zip", packed)}, headers={HEADER: ""})
    assert page.status_code == 200
    assert "Genuine" in page.text
    assert sent["receiptNumber"] in page.text
    for content, headers, status in (
        (b"GIF89a", ZIP, 422),
        (packed, {"Content-Type": "text/html"}, 415),
        (bytes(210_000), ZIP, 413),
        (bytes(300_000), ZIP, 413),
    ):
        assert (await stranger.post("/verify", content=content, headers=headers)).status_code == status


async def test_a_silent_authority_delays_the_stamp_and_nothing_else(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await outside.mode("time_stamps", "error")
    sent = await hana.sends(step, answers)
    shown, packed = await receipt_of(town, hana, sent["id"])
    assert (shown["receipt"]["stampedAt"], bool(packed)) == (None, True)
    await outside.mode("time_stamps", "ok")
    await town.time_passes_for_jobs()
    shown, _ = await receipt_of(town, hana, sent["id"])
    assert shown["receipt"]["stampedAt"] is not None


async def test_a_signature_is_used_once_over_these_bytes_by_her_and_in_her_session(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    back = await signs(hana, wish)
    assert back.signed
    for changed in ({"completedAt": "2026-01-01T00:00:01Z"}, {"id": "00000000-0000-4000-8000-000000000001"}):
        refused = await sends(hana, {**wish, **changed}, back.signed)
        assert refused["fields"] == [{"field": "signature", "code": "signature_does_not_fit"}]
    assert (await sends(ken, wish, back.signed))["__typename"] != "Application"
    another = filing(step, answers)
    left = await hana.browser.get(await begins(hana, another))
    home = await at_the_app(left, "hana")
    assert arrived(await ken.browser.get(home)).unsigned == "other_person"
    assert arrived(await hana.browser.get(home)).path == "/applications", "the state was used up"
    by_ken = await at_the_app(await hana.browser.get(await begins(hana, another)), "ken")
    assert arrived(await hana.browser.get(by_ken)).unsigned == "other_person"


async def test_no_certificate_is_anywhere_in_the_database_or_the_log(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    await sends(hana, wish, (await signs(hana, wish)).signed)
    await town.promises_are_kept()
    marks = [b"JPKI for digital signature", b"eyJhbGciOiJFQ0RILUVT", b"MII", b"sign_certificate_jwe"]
    async with town.house.db.house() as conn:
        tables = (await conn.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))).scalars()
        for table in tables.all():
            rows = (await conn.execute(text(f"SELECT t::text FROM {table} t"))).scalars().all()
            content = "\n".join(row or "" for row in rows).encode()
            assert not [mark for mark in marks if mark in content or mark.hex().encode() in content], table
    out, err = capfd.readouterr()
    assert not [mark for mark in marks if mark.decode() in out + err]
