"""A case is rebuilt from its steps, whatever order they came in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bff.senders import event
from bff.senders.case import rebuilt
from bff.senders.door import OPENAPI
from bff.senders.event import CaseStep, Fault, Lines, Unfit
from bff.senders.print_openapi import document

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
STATES = ("new", "in_hand", "yours", "closed")


def step(hour: int, state: str) -> CaseStep:
    at, label = NOW - timedelta(hours=24 - hour), Lines(ja=f"{state} {hour}")
    return CaseStep(subject="m-1001", at=at, case="K-1", title=Lines(ja="電気の契約"), state=state, label=label)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(STATES)), min_size=1, max_size=8), st.randoms())
def test_order_and_repeats_change_nothing(told: list[tuple[int, str]], chance: object) -> None:
    steps = [(f"e{place}", step(*one)) for place, one in enumerate(told)]
    shuffled = [*steps, *steps[: len(steps) // 2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found, again = rebuilt("private:gas", steps), rebuilt("private:gas", shuffled)
    assert found == again
    assert found is not None
    assert len(found.steps) == len(steps)
    assert found.changed_at == max(one.at for _, one in steps)


GOOD = {
    "kind": "notice",
    "subject": "m-1001",
    "at": "2026-11-27T09:00:00+09:00",
    "title": {"ja": "検針のお知らせ"},
    "body": {"ja": "12月3日に検針します。", "en": "The meter is read on 3 December."},
    "act_by": "2026-12-03",
}
STEP = {"kind": "case_step", "subject": "m", "at": GOOD["at"], "case": "K-1", "title": {"ja": "契"}, "state": "new"}


def read(**changed: object) -> event.Event:
    told = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return event.read(msgspec.json.encode(told), NOW)


def test_the_same_event_is_the_same_however_it_is_written() -> None:
    pretty = json.dumps(dict(reversed(GOOD.items())), indent=4, ensure_ascii=False).encode()
    assert event.digest(event.read(pretty, NOW)) == event.digest(read())
    assert event.digest(read(title={"ja": "検針"})) != event.digest(read())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"at": "2026-11-27T09:00:00"}, "at"),
        ({"at": "2027-01-01T00:00:00Z"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"act_by": "2026-11-26"}, "act_by"),
        ({"act_by": "9999-12-31"}, "act_by"),
        ({"title": {"ja": ""}}, "title.ja"),
        ({"title": {"ja": "  "}}, "title.ja"),
        ({"body": {"ja": "番号は123456789018です"}}, "body.ja"),
        ({"body": {"ja": "a\x00b"}}, "body.ja"),
        ({"body": None}, "$"),
        ({"about": "https://elsewhere.example"}, "$"),
        ({"urgency": "panic"}, "urgency"),
        ({"kind": "letter"}, "kind"),
        ({"title": {"ja": "長" * 81}}, "title.ja"),
    ],
)
def test_what_is_unfit_is_named_by_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(Unfit) as unfit:
        read(**changed)
    assert field in {fault.field for fault in unfit.value.faults}


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"kind":"notice"}'])
def test_what_is_no_event_at_all_is_told_so(body: bytes) -> None:
    with pytest.raises(Unfit) as unfit:
        event.read(body, NOW)
    assert isinstance(unfit.value.faults[0], Fault)


def test_the_document_is_what_the_shapes_say_and_says_what_they_do() -> None:
    made = document()
    assert json.loads(OPENAPI.read_text("utf-8")) == made, "print it: python -m bff.senders.print_openapi"
    schema = {**made["paths"]["/senders/v1/events/{id}"]["put"]["requestBody"]["content"]["application/json"]["schema"]}
    del schema["discriminator"]
    judge = jsonschema.Draft202012Validator({**schema, "components": made["components"]})
    assert judge.is_valid(GOOD)
    assert judge.is_valid({**STEP, "label": {"ja": "受付"}})
    for odd in ({**GOOD, "urgency": "panic"}, {**GOOD, "more": 1}, STEP, {**GOOD, "title": {"en": "x"}}):
        assert not judge.is_valid(odd)
