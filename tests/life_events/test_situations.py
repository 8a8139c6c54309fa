"""Every situation of the folder: what the law asks of that household on that day."""

from typing import Any

import pytest

from life_events import Catalogue, Plan, Step, plan
from tests.life_events.situation import Situation, every_situation

SITUATIONS = list(every_situation())


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.who)
def test_a_household_is_told_what_the_law_asks_of_it(catalogue: Catalogue, situation: Situation) -> None:
    planned = plan(situation.facts, situation.under(catalogue), situation.today)
    found = {id: _told(planned, id, expected, catalogue) for id, expected in situation.expect.items()}
    assert found == situation.expect, situation.law
    if "steps" in situation.order:
        wanted = situation.order["steps"]
        assert [step.id for step in _shown(planned) if step.id in wanted] == wanted
    if "next" in situation.order:
        assert planned.next_questions[0].question.fact == situation.order["next"]


def test_no_two_situations_are_called_the_same() -> None:
    names = [situation.who for situation in SITUATIONS]
    assert sorted(names) == sorted(set(names))


def _shown(planned: Plan) -> list[Step]:
    return [step for bundle in planned.bundles for step in bundle.steps]


def _told(planned: Plan, id: str, expected: str | dict[str, Any], catalogue: Catalogue) -> str | dict[str, Any]:
    """What the plan says of that step, as far as the situation expects anything of it."""
    step = planned.step(id)
    if step is None:
        return "absent"
    if isinstance(expected, str):
        return "shown" if step in _shown(planned) else "more"
    said = {
        "state": step.state.value,
        "by": step.due,
        "opens": step.opens,
        "reason": step.reason,
        "channel": step.channel.value,
        "asks": [question.fact for question in step.asks],
        "fee": catalogue.procedures[step.procedure].fee.yen,
    }
    named = [name for name in expected.get("names", []) if name in step.how.ja]
    return {key: {**said, "names": named}[key] for key in expected}
