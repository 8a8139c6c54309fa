"""Whatever the schema lets one ask, by nobody and by a resident: an answer or a refusal, never a defect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from bff import graphql
from tests.town import Town

SDL = Path(graphql.__file__).with_name("schema.graphql")
MOST = 24
DEFECT = "内部でエラーが起きました"


schemathesis.graphql.scalar("JSON", st.one_of(st.text().map(nodes.String), st.integers().map(nodes.Int)))


def questions(root: str) -> list[dict[str, Any]]:
    """Made of the schema, the same ones each time."""
    schema = schemathesis.graphql.from_file(SDL.read_text("utf-8"))
    made: list[dict[str, Any]] = []
    operations = [result.ok() for result in schema.get_all_operations()]
    chosen = [each for each in operations if each.label.startswith(f"{root}.")]
    each_many = max(1, MOST // len(chosen))
    for operation in chosen:

        @seed(20261127)
        @settings(
            max_examples=each_many,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def collect(case: Any) -> None:
            made.append(case.body if isinstance(case.body, dict) else {"query": case.body})

        collect()
    return made


async def defects(browser: httpx.AsyncClient, root: str) -> list[str]:
    asked = questions(root)
    assert len(asked) >= MOST // 2
    wrong = []
    for body in asked:
        answer = await browser.post("/graphql", json=body)
        if answer.status_code >= 500 or DEFECT in answer.text:
            wrong.append(f"{answer.status_code} {answer.text[:300]} {str(body)[:600]}")
    return wrong


@pytest.mark.parametrize("root", ["Query", "Mutation"])
async def test_no_question_that_the_schema_allows_is_answered_with_a_defect(town: Town, root: str) -> None:
    assert await defects(town.browser(), root) == []
    assert await defects((await town.resident("hana")).browser, root) == []


async def test_an_error_guesses_at_no_name_and_variables_have_bounds(town: Town) -> None:
    browser = town.browser()
    misspelt = await browser.post("/graphql", json={"query": "{ viewr { id } }"})
    assert "mean" not in misspelt.text
    deep: Any = 1
    for _ in range(20):
        deep = {"a": deep}
    for variables in ({"a": deep}, {"a": list(range(6_000))}):
        answer = await browser.post("/graphql", json={"query": "{ service { today } }", "variables": variables})
        assert answer.status_code == 400, answer.text
