"""What a signature is worth elsewhere: the ward is told of it with its proof, and its receipt stays provable."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha384
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bff.journeys import drops
from bff.journeys.receipts import promise_stamps
from bff.signing import bundle
from bff.signing.trying import tried
from tests.accounts.people import comes_by_code
from tests.family.test_mandates import given
from tests.family.test_mandates import sends as sends_for_another
from tests.graphql.test_applications import newborn, whole
from tests.house.test_drops import ward, ward_on_files
from tests.signing.signer import BEGIN, filing, receipt_of, signs
from tests.signing.test_signing import sends
from tests.town import Outside, Town, settle

PROOF = {
    "algorithm",
    "digest_algorithm",
    "digest",
    "value",
    "verification",
    "result",
    "checked_at",
    "stamped_at",
    "folder",
}


@pytest.fixture
async def next_year(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The house as an operator sets it for the next card, and what needs a signature is refused without."""
    await outside.everything_answers()
    built = Town(settle(database_url, outside, keys, tmp_path, SIGNING_DIGEST="sha384", UNSIGNED="0"))
    yield built
    await built.close()
    await outside.everything_answers()


async def told_to_the_ward(outside: Outside, number: str) -> dict[str, Any]:
    """What stands in the ward's own system under our receipt number."""
    async with httpx.AsyncClient(base_url=outside.origin, headers={"Accept": "application/json"}) as http:
        rows: list[dict[str, Any]] = (await http.get("/_ward")).json()
    return next(row for row in rows if row["receipt_number"] == number)


async def test_the_next_card_signs_by_p384_the_ward_has_the_proof_and_the_stamp_is_renewed_before_it_ends(
    next_year: Town, outside: Outside
) -> None:
    town = next_year
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    back = await signs(hana, wish, card="next")
    assert (await sends(hana, wish, back.signed))["id"] == wish["id"]
    shown, packed = await receipt_of(town, hana, wish["id"])
    held = bundle.read(packed)
    said = tried(packed, town.house.signing.trust, town.house.clock()).statement
    assert said.signature is not None
    proof = (await told_to_the_ward(outside, said.receipt_number))["signature"]
    assert set(proof) == PROOF, "and never a certificate"
    assert (proof["algorithm"], proof["digest_algorithm"], proof["result"]) == ("P-384/SHA-384", "sha384", "valid")
    assert proof["digest"] == sha384(held.files[bundle.APPLICATION]).hexdigest()
    assert base64.b64decode(proof["value"])[0] == 0x30, "an ECDSA signature is a SEQUENCE"
    assert (proof["value"], proof["verification"]) == (said.signature.value, said.signature.verification)
    assert proof["stamped_at"][:19] == shown["receipt"]["stampedAt"][:19]
    soon = {"soon": town.house.clock() + timedelta(days=10)}
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE sealed_receipts SET stamp_ends = :soon"), soon)
    for _ in range(2):
        await promise_stamps(town.house)
        shown, packed = await receipt_of(town, hana, wish["id"])
        assert tried(packed, town.house.signing.trust, town.house.clock()).stamps == 2, "once, and it is known by whom"
    assert shown["receipt"]["stampedAt"][:19] == proof["stamped_at"][:19], "the first one counts"


async def test_what_needs_a_signature_is_refused_without_and_nothing_is_kept_of_it(next_year: Town) -> None:
    hana = await next_year.resident("hana")
    await hana.fills_home()
    for fact, value in (("moving", True), ("move_date", str(next_year.house.clock().date())), ("move_to", "other")):
        await hana.answers(fact, value)
    step = await hana.step("move_out_notice")
    wish = filing(step, whole(step))
    assert (await sends(hana, wish))["__typename"] == "SignatureNeeded"
    room = next_year.house.signing
    for one, has_card in ((replace(room, signer=None), True), (room, False)):
        ways = [one.way(wanted, has_card=has_card) for wanted in ("required", "ward", "none")]
        assert ways == ["nowhere", "none", "none"], "no button where nothing can be signed"
    async with next_year.house.db.house() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM applications")) == 0
    back = await signs(hana, wish)
    assert (await sends(hana, wish, back.signed))["id"] == wish["id"]


async def test_who_came_by_a_desks_code_has_no_card_to_sign_with_and_is_told_so(next_year: Town) -> None:
    basics = {"person_name": "田中 ふみ", "born": "1955-06-15", "address": "東京都港区白金台二丁目3番5号"}
    fumi = await comes_by_code(next_year, await next_year.official("staff-minato-caseworker"), **basics)
    await fumi.agrees_to_all()
    await fumi.fills_home()
    for fact, value in (("moving", True), ("move_date", str(next_year.house.clock().date())), ("move_to", "other")):
        await fumi.answers(fact, value)
    ask = "{ viewer { home { bundles { steps { procedure form { signing } } } } } }"
    bundles = (await fumi.asks(ask))["viewer"]["home"]["bundles"]
    ways = {step["procedure"]: step["form"]["signing"] for one in bundles for step in one["steps"] if step["form"]}
    assert ways["move_out_notice"] == "NOWHERE"
    step = await fumi.step("move_out_notice")
    assert (await fumi.asks(BEGIN, input=filing(step, whole(step))))["beginSignature"]["__typename"] == "StepClosed"


async def test_an_authority_that_is_silent_keeps_nothing_from_the_ward_but_the_time(
    town: Town, outside: Outside
) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    await outside.mode("time_stamps", "error")
    sent = await sends(hana, wish, (await signs(hana, wish)).signed)
    _, packed = await receipt_of(town, hana, sent["id"])
    said = tried(packed, town.house.signing.trust, town.house.clock()).statement
    proof = (await told_to_the_ward(outside, said.receipt_number))["signature"]
    assert (proof["algorithm"], proof["stamped_at"]) == ("RSA-2048/SHA-256", None)


async def test_a_ward_on_files_has_who_sent_it_and_the_proof_in_columns_of_their_own(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    town = await ward_on_files(database_url, outside, keys, tmp_path)
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    step, answers = await newborn(hana)
    wish = filing(step, answers)
    await sends(hana, wish, (await signs(hana, wish)).signed)
    await hana.answers("care_worry", True)
    await sends_for_another(morimoto, await given(town, hana, morimoto, "care_manager"))
    await town.promises_are_kept()
    await drops.look_round(town.house)
    await town.promises_are_kept()
    rows = {row["電子署名"]: row for row in ward(town).collects()}
    assert (rows["なし"]["代理人氏名"], rows["なし"]["代理の資格"]) == ("森本 恵", "ケアマネジャー")
    assert not rows["なし"]["署名値"]
    signed = rows["あり"]
    assert (signed["代理人氏名"], signed["署名方式"]) == ("", "RSA-2048/SHA-256")
    assert signed["署名の確認結果"] == "valid"
    assert len(base64.b64decode(signed["署名値"].removeprefix("'"))) == 256
    assert len(signed["署名対象のハッシュ値"]) == 64
    assert signed["タイムスタンプ日時"]
    await town.close()
