"""The nation's services against their stand-ins: what they keep, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.application_mailbox.client import ApplicationMailbox
from bff.connectors.exchange_records.mapping import ExchangeRecords
from bff.connectors.mynaportal_application.client import MynaportalApplications
from bff.connectors.mynaportal_application.mapping import Progress, Signature
from bff.connectors.mynaportal_notices.client import NoticesService
from bff.connectors.public_account.mapping import PublicAccount
from bff.connectors.self_information.mapping import SelfInformation
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from tests.connectors.conftest import Wired

MINATO = "131032"


@pytest.fixture
def official() -> Reading:
    """Somebody of the ward's office who takes applications in."""
    subject = Subject("staff-7f", "", None, "", MINATO)
    return Reading(subject, "reception", "application_reception", None)


async def applies(wired: Wired, hana: Reading, key: UUID, procedure: str = "P131032-0042") -> Progress:
    return await wired.street.the(MynaportalApplications).submit(
        hana,
        key=key,
        procedure=procedure,
        municipality=MINATO,
        form_version="2026-10",
        form={"claimant_phone": "0312345678", "children": ["佐藤 ひなた"]},
    )


async def test_hana_sees_what_the_nation_holds_of_her_and_who_passed_it_on(wired: Wired, hana: Reading) -> None:
    records = wired.street.records
    told = await records["self_information"].tell(hana)
    assert isinstance(told, SelfInformation)
    assert {item.family: item.coverage for item in told.items}["maternal_child"] == "pending"
    passed = await records["exchange_records"].tell(hana)
    assert isinstance(passed, ExchangeRecords)
    assert [one.asked_by for one in passed.records] == ["港区長", "東京都知事"]
    account = await records["public_account"].tell(hana)
    assert isinstance(account, PublicAccount)
    assert account.status == "registered"


async def test_a_notice_she_marks_read_stays_read_until_she_says_otherwise(wired: Wired, hana: Reading) -> None:
    notices = wired.street.the(NoticesService)
    (unread,) = [one for one in (await notices.tell(hana)).notices if one.read_at is None]
    for _ in range(2):
        marked = await notices.mark(hana, number=unread.number, mark="read")
    assert marked.at in [one.read_at for one in (await notices.tell(hana)).notices]
    await notices.mark(hana, number=unread.number, mark="unread")
    assert unread in (await notices.tell(hana)).notices
    with pytest.raises(Refused) as caught:
        await notices.mark(hana, number="N-000401", mark="read")
    assert caught.value.reason == "unknown_notice"


async def test_an_application_through_mynaportal_is_fetched_by_the_ward_and_she_sees_what_it_says(
    wired: Wired, hana: Reading, official: Reading
) -> None:
    portal, mailbox, key = wired.street.the(MynaportalApplications), wired.street.the(ApplicationMailbox), uuid4()
    arrived = await applies(wired, hana, key)
    assert await applies(wired, hana, key) == arrived
    number = arrived.receipt_number
    waiting = await mailbox.waiting(official, ward=MINATO)
    assert (waiting.packages[-1].receipt_number, waiting.packages[-1].state) == (number, "arrived")
    opened = await mailbox.fetch(official, ward=MINATO, receipt_number=number)
    assert (opened.package.applicant.name, opened.package.form["claimant_phone"]) == ("佐藤 はな", "0312345678")
    move = uuid4()
    for _ in range(2):
        await mailbox.move(
            official,
            key=move,
            ward=MINATO,
            receipt_number=number,
            state="correction_needed",
            note="振込先をご確認ください",
        )
    status = await portal.status(hana, receipt_number=number)
    assert ([step.state for step in status.history], status.note) == (
        ["arrived", "correction_needed"],
        "振込先をご確認ください",
    )
    again = await mailbox.fetch(official, ward=MINATO, receipt_number=number)
    assert (again.package, again.sha256) == (opened.package, opened.sha256)


async def test_she_takes_an_application_back_until_it_is_decided(
    wired: Wired, hana: Reading, official: Reading
) -> None:
    portal, mailbox = wired.street.the(MynaportalApplications), wired.street.the(ApplicationMailbox)
    first = (await applies(wired, hana, uuid4())).receipt_number
    for _ in range(2):
        assert (await portal.withdraw(hana, receipt_number=first)).state == "withdrawn"
    with pytest.raises(Refused) as caught:
        await mailbox.move(official, key=uuid4(), ward=MINATO, receipt_number=first, state="completed", note=None)
    assert caught.value.reason == "not_possible"
    second = (await applies(wired, hana, uuid4())).receipt_number
    await mailbox.move(official, key=uuid4(), ward=MINATO, receipt_number=second, state="completed", note=None)
    with pytest.raises(Refused) as caught:
        await portal.withdraw(hana, receipt_number=second)
    assert caught.value.reason == "too_late"


async def test_mynaportal_refuses_what_it_cannot_take(wired: Wired, hana: Reading) -> None:
    portal, key = wired.street.the(MynaportalApplications), uuid4()
    await applies(wired, hana, key)
    for another, procedure, reason in (
        (key, "P131032-0043", "key_taken"),
        (uuid4(), "P131121-0042", "not_taken_online"),
        (uuid4(), "P131032-0042-S", "signature_needed"),
    ):
        with pytest.raises(Refused) as caught:
            await applies(wired, hana, another, procedure)
        assert caught.value.reason == reason
    signed = await portal.submit(
        hana,
        key=uuid4(),
        procedure="P131032-0042-S",
        municipality=MINATO,
        form_version="1",
        form={},
        signature=Signature("V-1", datetime.now(UTC)),
    )
    assert signed.state == "arrived"


async def test_nobody_else_hears_of_her_application(wired: Wired, hana: Reading, official: Reading) -> None:
    number = (await applies(wired, hana, uuid4())).receipt_number
    another = replace(hana, subject=replace(hana.subject, id="zz99"))
    with pytest.raises(Silent) as silent:
        await wired.street.the(MynaportalApplications).status(another, receipt_number=number)
    assert silent.value.why is Why.NO_MATCH
    with pytest.raises(Refused) as refused:
        await wired.street.the(ApplicationMailbox).fetch(official, ward="131121", receipt_number=number)
    assert refused.value.reason == "unknown_number"
