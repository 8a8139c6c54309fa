"""Whatever the senders' OpenAPI document lets one ask, and what it does not: an answer of a kind that it names."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from bff.senders.print_openapi import document
from tests.senders.test_door import GAS, programme
from tests.town import Town

EACH = 6


def asked() -> list[tuple[str, str, str, dict[str, Any], Any]]:
    """(method, path as documented, path, query, body), the same ones each time."""
    made: list[tuple[str, str, str, dict[str, Any], Any]] = []
    schema = schemathesis.openapi.from_dict(document())
    for operation in (result.ok() for result in schema.get_all_operations()):

        @seed(20261127)
        @settings(
            max_examples=EACH,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def collect(case: Any) -> None:
            path = case.path
            for name, value in (case.path_parameters or {}).items():
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
            body = case.body if isinstance(case.body, dict | list | str | int | float | bool) else None
            made.append((case.method, case.path, path, dict(case.query or {}), body))

        collect()
    return made


async def test_no_question_is_answered_otherwise_than_the_document_says(town: Town) -> None:
    gas = await programme(town, GAS)
    paths, wrong, tried = document()["paths"], [], asked()
    assert {(method.lower(), path) for method, path, *_ in tried} == {
        (method, path) for path, acts in paths.items() for method in acts if method != "parameters"
    }
    for method, documented, path, query, body in tried:
        more = {} if body is None else {"json": body}
        answer = await gas.http.request(method, path, params=query, **more)
        told = paths[documented][method.lower()]["responses"]
        if str(answer.status_code) not in told:
            wrong.append(f"{method} {path[:80]} {query} {answer.status_code} {answer.text[:120]}")
    assert "\n".join(wrong) == ""
