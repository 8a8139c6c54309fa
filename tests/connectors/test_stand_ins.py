"""Every connector against the stand-ins over real mutual TLS: the seal of X-Road holds on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from bff.connectors.ward_counter.mapping import Invalid, Receipt
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from life_events.facts import CareRecords, Household, Pupils
from tests.connectors.conftest import HER_ADDRESS, Wired
from tests.town import Outside

SOURCES = ("registry", "childcare", "care", "national", "school", "electricity")


async def hand_in(wired: Wired, hana: Reading, key: UUID, procedure: str = "child_allowance_claim") -> Receipt:
    return await wired.street.counter.send(
        hana,
        key=key,
        procedure=procedure,
        version="1",
        answers={"claimant_phone": "0312345678"},
        completed_at=datetime.now(UTC),
        receipt_number="KM-131032-20261124-000001",
    )


async def test_the_wards_counter_takes_hanas_application_once_and_tells_where_it_stands(
    wired: Wired, hana: Reading, outside: Outside
) -> None:
    key = uuid4()
    receipt = await hand_in(wired, hana, key)
    assert receipt.state == "received"
    assert await hand_in(wired, hana, key) == receipt
    await outside.ward_moves(receipt.number, "sent_back", "通帳の写しを付けてください")
    status = await wired.street.counter.status(hana, receipt.number)
    assert (status.state, status.note) == ("sent_back", "通帳の写しを付けてください")


async def test_what_the_counter_cannot_take_is_refused_with_the_field_it_names(wired: Wired, hana: Reading) -> None:
    with pytest.raises(Invalid) as caught:
        await hand_in(wired, hana, uuid4(), procedure=" ")
    assert [wrong.field for wrong in caught.value.fields] == ["procedure"]
    taken = uuid4()
    await hand_in(wired, hana, taken)
    with pytest.raises(Invalid):
        await hand_in(wired, hana, taken, procedure="move_out_notice")


@pytest.mark.parametrize("source", SOURCES)
async def test_a_stand_in_tells_in_the_agreed_shape(wired: Wired, hana: Reading, source: str) -> None:
    part = await wired.street.sources[source].tell(hana)
    assert isinstance(part, wired.street.sources[source].shape)
    assert [row.outcome for row in wired.log] == ["answered"]


async def test_hanas_family_is_whole(wired: Wired, hana: Reading) -> None:
    household = await wired.street.sources["registry"].tell(hana)
    assert isinstance(household, Household)
    assert household.me is not None
    assert household.me.name == "佐藤 はな"
    assert len(household.members) == 5
    school = await wired.street.sources["school"].tell(hana)
    assert isinstance(school, Pupils)
    care = await wired.street.sources["care"].tell(hana)
    assert isinstance(care, CareRecords)
    assert all(record.level is None for record in care.records)


async def test_a_person_no_one_knows_matches_nowhere(wired: Wired) -> None:
    nobody = Subject("x", "存在 しない", date(1970, 1, 1), HER_ADDRESS, "131032")
    with pytest.raises(Silent) as caught:
        await wired.street.sources["registry"].tell(Reading(nobody, "home", "consent", uuid4()))
    assert caught.value.why is Why.NO_MATCH


@pytest.mark.parametrize(("mode", "why"), [("error", Why.UNAVAILABLE), ("garbage", Why.WRONG_ANSWER)])
async def test_a_stand_in_that_fails_is_silent(
    wired: Wired, outside: Outside, hana: Reading, mode: str, why: Why
) -> None:
    await outside.mode("school", mode)
    with pytest.raises(Silent) as caught:
        await wired.street.sources["school"].tell(hana)
    assert caught.value.why is why


async def test_a_slow_stand_in_is_waited_for(wired: Wired, outside: Outside, hana: Reading) -> None:
    await outside.mode("care", "slow")
    told = await wired.street.sources["care"].tell(hana)
    assert isinstance(told, CareRecords)
    assert told.records


async def test_a_stand_in_that_never_answers_is_given_up(wired: Wired, outside: Outside, hana: Reading) -> None:
    await outside.mode("national", "silent")
    with pytest.raises(Silent) as caught:
        await wired.street.sources["national"].tell(hana)
    assert caught.value.why is Why.TIMEOUT
    patience = wired.street.sources["national"].manifest.patience
    assert wired.log[0].took_ms < (patience.whole + 1) * 1000
