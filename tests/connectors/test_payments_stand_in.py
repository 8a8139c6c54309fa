"""Slips, and the check of a certificate, against their stand-ins."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from bff.connectors.answers import Refused
from bff.connectors.certificate_verifier.client import CertificateVerifier
from bff.connectors.certificate_verifier.mapping import Check
from bff.connectors.insurance_coverage.client import InsuranceCoverage
from bff.connectors.local_tax.client import LARGEST_CODE, LocalTaxes
from bff.connectors.local_tax.mapping import PayEasyNumber
from bff.connectors.payeasy.client import PayEasy
from bff.connectors.payeasy.mapping import HandedOver
from bff.connectors.slip_numbers import SlipNumbers
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from tests.connectors.conftest import Wired

HERS = SlipNumbers("13103", "00001234567890", "040817", "0826110300")
PAID = SlipNumbers("13103", "00001234567882", "040818", "0826080300")
RAN_OUT = SlipNumbers("13000", "00005550001112", "771203", "0826050300")
NATIONAL = SlipNumbers("00200", "00000000012345678901", "112233", "7124096256")
POWER = SlipNumbers("58091", "00112233445566778899", "9081")


@pytest.mark.parametrize(("numbers", "state"), [(HERS, "unpaid"), (PAID, "paid"), (RAN_OUT, "expired")])
async def test_a_local_tax_is_looked_up_by_its_four_numbers(
    wired: Wired, hana: Reading, numbers: SlipNumbers, state: str
) -> None:
    assert (await wired.street.the(LocalTaxes).slip(hana, numbers=numbers)).state == state


async def test_an_el_qr_leads_to_the_same_slip_and_the_log_says_nothing_of_it(wired: Wired, hana: Reading) -> None:
    taxes, content = wired.street.the(LocalTaxes), b"eL:13103:00001234567890:040817:0826110300"
    scanned = await taxes.scanned(hana, content=content)
    assert (scanned.slip, scanned.numbers) == (await taxes.slip(hana, numbers=HERS), HERS)
    assert b"00001234567890" not in msgspec.json.encode(wired.log)
    for unreadable in (b"https://example.jp", b"", b"e" * (LARGEST_CODE + 1)):
        with pytest.raises(Refused) as caught:
            await taxes.scanned(hana, content=unreadable)
        assert caught.value.reason == "unreadable"


async def test_a_pay_easy_number_is_made_once_and_pays_the_same_slip_for_a_day(wired: Wired, hana: Reading) -> None:
    taxes, network, key = wired.street.the(LocalTaxes), wired.street.the(PayEasy), uuid4()
    made = await _number(wired, hana, key)
    assert await _number(wired, hana, key) == made
    assert made.expires_at - made.issued_at == timedelta(days=1)
    at_bank = await network.look_up(hana, numbers=made.numbers)
    assert (at_bank.payee, at_bank.amount_yen) == ("港区", (await taxes.slip(hana, numbers=HERS)).amount_yen)
    for numbers, another, reason in (
        (PAID, uuid4(), "already_paid"),
        (RAN_OUT, uuid4(), "expired"),
        (PAID, key, "key_taken"),
    ):
        with pytest.raises(Refused) as caught:
            await taxes.pay_easy_number(hana, key=another, numbers=numbers)
        assert caught.value.reason == reason


async def test_she_is_sent_to_her_own_bank_for_minutes(wired: Wired, hana: Reading) -> None:
    network, key = wired.street.the(PayEasy), uuid4()
    banks = await network.banks(hana, numbers=NATIONAL)
    handed = await _hand_over(wired, hana, key, banks.banks[0].code)
    assert await _hand_over(wired, hana, key, banks.banks[0].code) == handed
    assert handed.link.startswith("https://")
    assert handed.expires_at - handed.issued_at == timedelta(minutes=15)
    with pytest.raises(Refused) as caught:
        await _hand_over(wired, hana, uuid4(), "0001")
    assert caught.value.reason == "bank_not_taken"
    with pytest.raises(Refused) as caught:
        await network.hand_over(hana, key=uuid4(), numbers=POWER, bank="0005")
    assert caught.value.reason == "already_paid"


async def test_numbers_nobody_issued_are_nobodys(wired: Wired, hana: Reading) -> None:
    for ask in (wired.street.the(LocalTaxes).slip, wired.street.the(PayEasy).look_up):
        with pytest.raises(Silent) as caught:
            await ask(hana, numbers=SlipNumbers("99999", "1", "1", "1"))  # type: ignore[operator]
        assert caught.value.why is Why.NO_MATCH


async def test_a_certificate_that_held_lapses_and_neither_it_nor_a_serial_comes_back(
    wired: Wired, hana: Reading
) -> None:
    verifier, reading, key = wired.street.the(CertificateVerifier), _on("certificate_verifier", hana), uuid4()
    sealed = _sealed(says="valid", later="revoked moved")
    checks = [await verifier.check(reading, key=key, use="signature", medium="card", sealed=sealed) for _ in range(2)]
    assert checks[0].verification == checks[1].verification
    assert checks[0].state == "valid"
    then = await verifier.again(reading, verification=checks[0].verification)
    assert (then.state, then.reason) == ("revoked", "moved")
    assert set(msgspec.to_builtins(then)) == set(Check.__struct_fields__)
    assert not {"serial", "newest_serial", "certificate"} & set(Check.__struct_fields__)
    for another, broken, reason in ((uuid4(), "x.y.z.a.b", "unreadable"), (key, _sealed(says="valid"), "key_taken")):
        with pytest.raises(Refused) as caught:
            await verifier.check(reading, key=another, use="signature", medium="card", sealed=broken)
        assert caught.value.reason == reason


async def test_a_hospital_hears_whether_she_is_insured_and_she_herself_cannot_ask_there(
    wired: Wired, hana: Reading
) -> None:
    insurers, day = wired.street.the(InsuranceCoverage), date(2026, 11, 20)
    assert (await insurers.check(_on("medical_institution", hana), on=day)).covered == "yes"
    for basis in ("consent", "application", "certificate_verifier"):
        with pytest.raises(Silent) as caught:
            await insurers.check(_on(basis, hana), on=day)
        assert caught.value.why is Why.REFUSED


def _on(basis: str, hana: Reading) -> Reading:
    return replace(hana, purpose="identity", basis=basis)


def _sealed(**inside: str) -> str:
    header = base64.urlsafe_b64encode(json.dumps(inside).encode()).decode().rstrip("=")
    return f"{header}.a2V5.aXY.Y2lwaGVy.dGFn"


async def _number(wired: Wired, hana: Reading, key: UUID) -> PayEasyNumber:
    return await wired.street.the(LocalTaxes).pay_easy_number(hana, key=key, numbers=HERS)


async def _hand_over(wired: Wired, hana: Reading, key: UUID, bank: str) -> HandedOver:
    return await wired.street.the(PayEasy).hand_over(hana, key=key, numbers=NATIONAL, bank=bank)
