"""Every connector against the stand-ins over real mutual TLS: the seal of X-Road holds on the wire."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from bff.connectors.shapes import Teller
from bff.connectors.ward_counter.mapping import Invalid, Receipt
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from life_events.facts import CareRecords, Household, Pupils
from tests.connectors.conftest import HER_ADDRESS
from tests.connectors.outside import Held, Wired, held, someone, tellers
from tests.town import Outside


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


@pytest.mark.parametrize("kind", tellers(), ids=lambda kind: kind.manifest.id)
def test_the_stand_in_of_a_source_has_something_to_tell(kind: type[Teller]) -> None:
    assert [one for one in held() if one.kind is kind], "no file in infra/sandbox/data/records holds anything for it"


@pytest.mark.parametrize("one", held(), ids=str)
async def test_a_stand_in_tells_of_everybody_it_holds_in_the_agreed_shape(wired: Wired, one: Held) -> None:
    source = wired.street.tellers[one.kind.manifest.id]
    part = await source.tell(someone(one.persona, source.manifest))
    assert isinstance(part, source.shape)
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


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        ("ok", None),
        ("slow", None),
        ("error", Why.UNAVAILABLE),
        ("garbage", Why.WRONG_ANSWER),
        ("silent", Why.TIMEOUT),
    ],
)
async def test_every_stand_in_that_fails_is_silent_for_the_same_reason_and_in_time(
    wired: Wired, outside: Outside, chosen: frozenset[str], mode: str, why: Why | None
) -> None:
    """All at once, each for the first person it holds: what is slow is waited for, what never answers is given up."""
    first = {one.kind.manifest.id: one for one in reversed(held())}
    first = {id: one for id, one in first.items() if not chosen or id in chosen}
    for id in first:
        await outside.mode(id, mode)
    words = await asyncio.gather(*(_word(wired, one) for one in first.values()))
    assert dict(zip(first, words, strict=True)) == dict.fromkeys(first, why)
    for row in wired.log:
        patience = wired.street.tellers[row.source].manifest.patience
        assert row.took_ms < (patience.whole + 1) * 1000, row.source


async def _word(wired: Wired, one: Held) -> Why | None:
    """Why the source was silent; None: it told."""
    source = wired.street.tellers[one.kind.manifest.id]
    try:
        await source.tell(someone(one.persona, source.manifest))
    except Silent as silent:
        return silent.why
    return None
