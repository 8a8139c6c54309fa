"""What she entered in one form is offered in the next: not for ever, and not what belongs to one event."""

from datetime import date, timedelta

import pytest

from life_events import Entered, EnteredValue, FieldKind, form_for
from tests.life_events.people import TODAY, hana
from tests.life_events.test_forms import CATALOGUE, PHONE, SENT, after_sending, made, plain, spec

STORM = spec("where", FieldKind.TEXT, term="event.damagedAddress")


@pytest.mark.parametrize(("days", "offered"), [(1, True), (89, True), (90, False), (400, False)])
def test_what_belongs_to_one_storm_is_not_offered_after_the_next(days: int, offered: bool) -> None:
    facts = after_sending(made(STORM), {"where": "港区芝公園1-5-25"})
    later = form_for(plain(STORM), "move_out_notice", facts, None, SENT.date() + timedelta(days=days))
    assert (later.fields["where"].prefill is not None) is offered


@pytest.mark.parametrize(("day", "offered"), [(date(2027, 12, 19), True), (date(2027, 12, 20), False)])
def test_what_she_wrote_13_months_ago_is_not_offered_any_more(day: date, offered: bool) -> None:
    facts = after_sending(made(PHONE), {"phone": "0312345678"})  # on 20 November 2026
    assert (form_for(plain(PHONE), "move_out_notice", facts, None, day).fields["phone"].prefill is not None) is offered


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ((TODAY + timedelta(days=1)).isoformat(), True),
        ((TODAY - timedelta(days=1)).isoformat(), False),
        ((TODAY + timedelta(days=11)).isoformat(), False),
        ("tomorrow", False),
    ],
)
def test_a_day_that_could_not_be_sent_is_not_offered(written: str, offered: bool) -> None:
    visit = spec("visit", FieldKind.DATE, days_from=0, days_to=10, term="me.visitDate")
    facts = hana(entered=Entered({"me.visitDate": EnteredValue(written, "move_out_notice", SENT)}))
    assert (made(visit, facts=facts).fields["visit"].prefill is not None) is offered


ONE_OF_ITS_KIND = {
    "condolence_grant": ("deceased_name",),
    "unpaid_allowance_claim": ("deceased_name", "date_of_death"),
    "pregnancy_support_first": ("heartbeat_date",),
    "disaster_damage_certificate": ("cause", "damage_description"),
    "move_out_notice": ("move_date",),
    "care_certification": ("last_seen", "reason", "current_place"),
}


def test_what_is_true_of_one_event_alone_is_not_offered_in_another_form() -> None:
    for procedure, ids in ONE_OF_ITS_KIND.items():
        form = CATALOGUE.procedures[procedure].form
        fields = {field.id: field for section in form.sections for field in section.fields} if form else {}
        assert {id: fields[id].term for id in ids} == dict.fromkeys(ids)


def test_a_term_says_whose_it_is() -> None:
    for procedure in CATALOGUE.procedures.values():
        for section in procedure.form.sections if procedure.form else ():
            for field in section.fields:
                assert field.term is None or field.term.split(".")[0] in {"me", "household", "subject", "event"}
