"""A made-up form with a field of every kind, and how the phone gets it; `tests/shape/judged_answers.json` holds it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from life_events import Choice, Field, FieldKind, Form, Refuse, Section, ShowIf, Text, schema_of

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "shape" / "judged_answers.json").read_text("utf-8"))
KANA = "[ァ-ヺー・\u3000 ]+"
PHONE = "(?:0|[+]81-?)[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}"


def words(ja: str) -> Text:
    return Text(ja=ja, easy=ja, en=ja)


def field(id: str, kind: FieldKind, **more: Any) -> Field:
    return Field(**{"id": id, "label": words(id), "help": None, "kind": kind, "required": True} | more)


def form() -> Form:
    to_office = Refuse(True, "to_your_office", words("勤め先へ"))
    to_agent = Refuse("agent", "agents_at_the_counter", words("窓口へ"))
    fields = (
        field("name", FieldKind.TEXT, max_length=5),
        field("kana", FieldKind.KANA, max_length=20, pattern=KANA, required=False),
        field("story", FieldKind.LONG_TEXT, max_length=20, required=False),
        field("phone", FieldKind.PHONE, max_length=16, pattern=PHONE),
        field("born", FieldKind.DATE, min_date=date(2025, 11, 23), max_date=date(2026, 11, 23)),
        field(
            "visit",
            FieldKind.DATE,
            required=False,
            min_date=date(2026, 11, 24),
            max_date=date(2026, 11, 30),
            closed_days=(date(2026, 11, 28), date(2026, 11, 29)),
        ),
        field("pension", FieldKind.CHOICE, choices=(Choice("national", words("国")), Choice("none", words("なし")))),
        field("children", FieldKind.MANY_CHOICE, choices=(Choice("m-3", words("ゆい")), Choice("m-4", words("なお")))),
        field("servant", FieldKind.YES_NO, refuse=to_office),
        field("together", FieldKind.YES_NO),
        field("reason", FieldKind.LONG_TEXT, max_length=10, show_if=ShowIf("together", False)),
        field(
            "helper",
            FieldKind.CHOICE,
            choices=(Choice("family", words("家族")), Choice("agent", words("代理人"))),
            show_if=ShowIf("together", False),
            refuse=to_agent,
        ),
        field("relation", FieldKind.TEXT, max_length=10, show_if=ShowIf("helper", "family")),
        field("agreed", FieldKind.AGREEMENT),
    )
    return Form(
        procedure="every_kind",
        version="1",
        subject=None,
        title=words("あらゆる項目"),
        intro=words("ためし"),
        submit_to=words("港区"),
        sections=(Section("one", words("一"), fields),),
    )


def as_the_phone_gets_it(form: Form) -> dict[str, Any]:
    """The form in the names of the GraphQL schema, with its JSON Schema."""
    plain = json.loads(msgspec.json.encode(form))
    for section in plain["sections"]:
        section["fields"] = [_field(each) for each in section["fields"]]
    plain["submitTo"] = plain.pop("submit_to")
    del plain["held_back"]  # says what was not filled in, and judges nothing
    return plain | {"schema": schema_of(form)}


def _field(plain: dict[str, Any]) -> dict[str, Any]:
    names = {"max_length": "maxLength", "min_date": "minDate", "max_date": "maxDate", "show_if": "showIf"}
    hidden = {"pattern", "closed_days"}
    return {
        names.get(name, name): value.upper() if name == "kind" else value
        for name, value in plain.items()
        if name not in hidden
    }
