"""A resident signs what she has filled in, in place, and every way in which that may end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.graphql.test_applications import newborn
from tests.signing.signer import by_openssl, filing, receipt_of, signs, unpacked
from tests.town import Person, Town

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
