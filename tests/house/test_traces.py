"""What operators follow: one request through the questions it asks and the jobs it promises, with nobody in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY
from sqlalchemy import text

from bff import told, tracing
from bff.app import application
from bff.journeys.deliveries import LOOK
from tests.town import Town

SECRET = b"s" * 32


class Traces:
    """What was told of this process."""

    def __init__(self) -> None:
        self._kept = InMemorySpanExporter()
        self._end = tracing.begin_with(self._kept, 1, part="web", version="0")

    def all(self) -> tuple[ReadableSpan, ...]:
        self._end()
        return self._kept.get_finished_spans()


@pytest.fixture
def traces() -> Iterator[Traces]:
    told_of = Traces()
    yield told_of
    told_of.all()


def _of(span: ReadableSpan) -> str:
    return f"{span.get_span_context().trace_id:032x}"


async def test_a_request_and_what_it_asks_of_others_are_one_trace_and_each_other_body_sees_its_own(
    town: Town, traces: Traces
) -> None:
    hana = await town.resident("hana")
    updates = await hana.fills_home()
    assert updates[-1]["remaining"] == 0
    spans = traces.all()
    asks = [span for span in spans if span.name.startswith("ask ")]
    assert {"ask registry"} <= {span.name for span in asks}
    asking = {span.context.span_id: span for span in spans if span.context}
    about = [dict(span.attributes or {}) for span in asks]
    assert all(one["exchange.message"] and one["exchange.service"] for one in about)
    theirs = [(one["exchange.service"], one["exchange.trace"]) for one in about]
    by_service = {service: {trace for of, trace in theirs if of == service} for service, _ in theirs}
    assert not set.intersection(*by_service.values()), "two bodies could join what they know by the trace"
    assert not {_of(span) for span in spans} & {str(trace) for _, trace in theirs}
    roots = [asking[span.parent.span_id] for span in asks if span.parent]
    assert {root.name for root in roots} >= {"POST /graphql"}
    assert not [span for span in asks if span.status.description], "the hash over the headers still fits"


async def test_a_job_goes_on_under_the_trace_it_was_promised_in(town: Town, traces: Traces) -> None:
    with tracing.span("GET /somewhere", "asked"):
        async with town.house.db.house() as conn:
            await town.house.defer(conn, LOOK, args={"application": str(uuid4())})
    await town.promises_are_kept()
    async with town.house.db.house() as conn:
        left = await conn.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'"))
    assert left == 0, "the task was not handed an argument it does not know"
    promised, kept = [next(span for span in traces.all() if span.name == name) for name in ("GET /somewhere", LOOK)]
    assert _of(promised) == _of(kept)


async def test_without_anybody_who_listens_nothing_is_carried(town: Town) -> None:
    with tracing.span("GET /somewhere", "asked"):
        assert tracing.carried() == {}
        assert tracing.carried_to("TOKYO23/GOV/131032/registry/households") == {}
        assert tracing.in_log(None, "", {}) == {}


async def test_a_line_says_which_request_and_by_a_pseudonym_whose_and_the_route_alone(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    hana = await town.resident("hana")
    loud = replace(town.settings, running=replace(town.settings.running, log_requests=True))
    house = replace(town.house, settings=loud)
    hana.browser._transport = type(hana.browser._transport)(application(house))  # type: ignore[call-arg]
    capsys.readouterr()
    answer = await hana.browser.get("/procedure/no_such?name=%E4%BD%90%E8%97%A4")
    await hana.asks("{ viewer { name } }")
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in capsys.readouterr().out.splitlines() if "request" in line
    ]
    page, asked = [line for line in lines if line["event"] == "request"]
    assert page["number"] == answer.headers["x-request-id"]
    assert (page["route"], page["status"], page["outcome"]) == ("/procedure/{id}", 404, "refused")
    assert "佐藤" not in json.dumps(lines, ensure_ascii=False)
    async with house.db.house() as conn:
        resident = await conn.scalar(text("SELECT id FROM residents"))
    assert asked["who"] == told.pseudonym(resident, house.person_secret)
    assert str(resident) not in json.dumps(lines)
    assert "who" not in page


def test_a_pseudonym_of_the_log_is_no_pseudonym_of_anybody_else() -> None:
    someone = UUID(int=7)
    assert told.pseudonym(someone, SECRET) == told.pseudonym(someone, SECRET)
    assert told.pseudonym(someone, SECRET) != told.pseudonym(UUID(int=8), SECRET)
    assert told.pseudonym(someone, SECRET) != told.pseudonym(someone, b"t" * 32)


async def test_a_defect_in_graphql_counts_as_failed_though_it_is_answered_with_200(town: Town) -> None:
    def failed() -> float:
        labels = {"route": "/graphql", "document": "", "outcome": "failed"}
        return REGISTRY.get_sample_value("kurashimado_requests_total", labels) or 0

    hana = await town.resident("hana")
    await hana.fills_home()
    before = failed()
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE kept_facts SET value = 'x' WHERE value IS NOT NULL"))
    assert failed() == before
    answer = await hana.browser.post("/graphql", json={"query": "{ viewer { home { answeredAt } } }"})
    assert answer.status_code == 200
    assert failed() == before + 1
