"""Ports that only bodies the law names may call: what they confirm, what they never tell, and who is kept out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.family_register_link.client import FamilyRegister
from bff.connectors.family_register_link.mapping import Other
from bff.connectors.information_network.client import InformationNetwork
from bff.connectors.register_extract.client import RegisterExtracts
from bff.connectors.resident_network.client import ResidentNetwork
from bff.connectors.street import Street
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent, Why
from life_events.facts import Household
from tests.connectors.conftest import Wired

ALLOWANCE = "児童手当の支給に関する事務"


def on(basis: str, hana: Reading) -> Reading:
    return replace(hana, purpose="examination", basis=basis, resident=None)


async def test_a_ward_asks_the_network_and_hears_the_answer_later(wired: Wired, hana: Reading) -> None:
    network, reading, key = wired.street.the(InformationNetwork), on("number_act_19_8", hana), uuid4()
    day = date(2026, 11, 1)
    asked = [
        await network.ask(reading, key=key, procedure=ALLOWANCE, question="pension_kind_is_employees", on=day)
        for _ in range(2)
    ]
    assert asked[0] == asked[1]
    first = await network.answer(reading, inquiry=asked[0].inquiry)
    assert (first.state, first.answer) == ("waiting", None)
    then = await network.answer(reading, inquiry=asked[0].inquiry)
    assert (then.state, then.answer, then.told_by) == ("answered", "yes", "日本年金機構")
    with pytest.raises(Refused) as caught:
        await network.ask(reading, key=key, procedure=ALLOWANCE, question="lives_in_household", on=day)
    assert caught.value.reason == "key_taken"
    withheld = await network.ask(reading, key=uuid4(), procedure=ALLOWANCE, question="lives_in_household", on=day)
    told = [await network.answer(reading, inquiry=withheld.inquiry) for _ in range(2)]
    assert [(one.state, one.answer) for one in told] == [("waiting", None), ("refused", None)]


async def test_a_question_the_law_does_not_list_for_a_procedure_is_refused(wired: Wired, hana: Reading) -> None:
    network, reading = wired.street.the(InformationNetwork), on("number_act_19_8", hana)
    with pytest.raises(Refused) as caught:
        await network.ask(
            reading, key=uuid4(), procedure=ALLOWANCE, question="certified_for_care", on=date(2026, 11, 1)
        )
    assert caught.value.reason == "not_listed"


async def test_the_answer_goes_to_whoever_asked_alone(wired: Wired, hana: Reading) -> None:
    network, reading = wired.street.the(InformationNetwork), on("number_act_19_8", hana)
    asked = await network.ask(
        reading, key=uuid4(), procedure=ALLOWANCE, question="pension_kind_is_employees", on=date(2026, 11, 1)
    )
    another = replace(reading, subject=replace(reading.subject, id="zz99"))
    with pytest.raises(Silent) as caught:
        await network.answer(another, inquiry=asked.inquiry)
    assert caught.value.why is Why.NO_MATCH


async def test_the_resident_network_compares_and_does_not_tell(wired: Wired, hana: Reading) -> None:
    network, reading = wired.street.the(ResidentNetwork), on("resident_register_act", hana)
    same = await network.confirm(reading, sex="female")
    assert (same.name, same.birth_date, same.sex, same.address) == (True, True, True, True)
    assert same.change is not None
    assert same.change.reason == "moved_in"
    wrong = replace(reading.subject, birth_date=date(1990, 5, 3), address="東京都港区芝公園一丁目1番1号")
    other = await network.confirm(replace(reading, subject=wrong))
    assert (other.birth_date, other.sex, other.address) == (False, None, False)


async def test_the_family_register_confirms_a_child_and_a_code(wired: Wired, hana: Reading) -> None:
    register, reading = wired.street.the(FamilyRegister), on("family_register_act", hana)
    household = await wired.street.sources["registry"].tell(hana)
    assert isinstance(household, Household)
    baby = next(one for one in household.members if one.name == "佐藤 ひなた")
    other = Other(baby.name, baby.birth_date)
    assert (await register.relationship(reading, relation="child", other=other)).confirmed == "yes"
    assert (await register.relationship(reading, relation="spouse", other=other)).confirmed == "no"
    assert (await register.relationship(reading, relation="former_spouse", other=other)).confirmed == "unknown"
    hers = await register.identifier(reading, identifier="FR-8842-1190-7731")
    assert (hers.state, hers.valid_until and hers.issued_on and hers.valid_until - hers.issued_on) == (
        "valid",
        timedelta(days=90),
    )
    assert (await register.identifier(reading, identifier="FR-1003-5520-0417")).state == "unknown"


async def test_a_register_tells_its_head_and_whether_she_is_the_holder(wired: Wired, hana: Reading) -> None:
    registers, reading = wired.street.the(RegisterExtracts), on("digital_procedures_11", hana)
    land = await registers.look_up(reading, kind="land", number="0104000123456", holder=True)
    assert (land.title, land.holder) == ("港区芝浦三丁目12番4", "matches")
    company = await registers.look_up(reading, kind="company", number="1999999000018", holder=True)
    assert company.holder == "differs"
    with pytest.raises(Silent) as caught:
        await registers.look_up(reading, kind="building", number="0104000123456", holder=False)
    assert caught.value.why is Why.NO_MATCH


PORTS: dict[str, Callable[[Street, Reading], Awaitable[object]]] = {
    "information_network": lambda street, reading: street.the(InformationNetwork).answer(reading, inquiry="Q-1"),
    "resident_network": lambda street, reading: street.the(ResidentNetwork).confirm(reading),
    "family_register": lambda street, reading: street.the(FamilyRegister).identifier(reading, identifier="FR-000000"),
    "register_extract": lambda street, reading: street.the(RegisterExtracts).look_up(
        reading, kind="land", number="0104000123456", holder=False
    ),
}


@pytest.mark.parametrize("port", PORTS)
@pytest.mark.parametrize("basis", ["consent", "application", "made_up", "application_reception", ""])
async def test_a_residents_consent_opens_no_port_and_the_try_is_written_down(
    wired: Wired, hana: Reading, port: str, basis: str
) -> None:
    with pytest.raises(Silent) as caught:
        await PORTS[port](wired.street, replace(hana, basis=basis))
    assert (caught.value.source, caught.value.why) == (port, Why.REFUSED)
    assert [(row.source, row.basis, row.outcome) for row in wired.log] == [(port, basis, "refused")]
