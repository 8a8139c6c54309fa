"""A rule of ours that throws: her home stands, and the operators hear which one it was."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from prometheus_client import REGISTRY

from bff.home import home
from life_events import Facts, Law, StepState, Verdict, load_catalogue
from life_events.rules.rule import household_rule
from tests.facts.conftest import TEN_PAST_NINE, Town


async def test_a_rule_that_throws_is_counted_and_the_rest_of_her_home_stands(street_town: Town) -> None:
    def move_out_notice(facts: Facts, law: Law, today: date) -> Verdict:
        raise ZeroDivisionError

    whole = load_catalogue()
    broken = replace(whole, rules={**whole.rules, "move_out_notice": household_rule(move_out_notice)})
    before = counted()
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        shown = await home.of(conn, hana, broken, today=TEN_PAST_NINE.date(), now=TEN_PAST_NINE)
    failed = shown.step("move_out_notice")
    assert failed
    assert (failed.state, failed.reason) == (StepState.UNHEARD, "not_judged")
    assert len(shown.bundles) > 1
    assert counted() == before + 1


def counted() -> float:
    return REGISTRY.get_sample_value("kurashimado_failed_rules_total", {"rule": "move_out_notice"}) or 0
