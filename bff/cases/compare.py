"""The answers beside what the register says today, field by field; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from life_events import RECORDS, Automatic, Choice, Field, FieldKind, Form

YES_NO: Final = {True: "はい", False: "いいえ"}


class Asked(Protocol):
    """A field, as it is filled in for somebody or as the catalogue has it."""

    @property
    def kind(self) -> FieldKind: ...
    @property
    def choices(self) -> Sequence[Choice]: ...


@dataclass(frozen=True)
class Line:
    """`register` None: no register tells this. `differs`: she wrote another thing than stands there."""

    field: str
    label: str
    answer: str
    register: str | None
    source: str | None
    differs: bool
    is_free: bool


def lines(form: Form, answers: Mapping[str, Any]) -> list[tuple[str, list[Line]]]:
    """By section; `form` is filled with what the registers say today."""
    return [
        (section.title.ja, [_line(field, answers) for field in section.fields if _is_shown(field, answers)])
        for section in form.sections
    ]


def differing(form: Form, answers: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(line.field for _, found in lines(form, answers) for line in found if line.differs)


def against(
    rule: Automatic | None,
    form: Form,
    answers: Mapping[str, Any],
    *,
    step: str,
    silent: Sequence[str],
    by_hand: Sequence[str],
) -> tuple[str, ...]:
    """Why the rule alone may not say yes; empty: it may. `by_hand`: what of the filing itself wants a person."""
    if rule is None:
        return ("no_rule",)
    told = {line.field: line for _, found in lines(form, answers) for line in found}
    missing = [id for id in rule.agrees if id not in told or told[id].register is None]
    return (
        *by_hand,
        *(f"silent:{source}" for source in silent),
        *(("rule",) if step not in ("due", "open") else ()),
        *(f"not_told:{id}" for id in missing),
        *(f"differs:{line.field}" for line in told.values() if line.differs),
        *(f"other:{id}" for id, value in rule.only.items() if answers.get(id) != value),
        *(f"filled:{id}" for id in rule.empty if answers.get(id)),
    )


def _line(field: Field, answers: Mapping[str, Any]) -> Line:
    prefill = field.prefill if field.prefill is not None and field.prefill.source in RECORDS else None
    value = answers.get(field.id)
    return Line(
        field=field.id,
        label=field.label.ja,
        answer=shown(field, value),
        register=shown(field, prefill.value) if prefill else None,
        source=prefill.source if prefill else None,
        differs=prefill is not None and value is not None and _plain(value) != _plain(prefill.value),
        is_free=field.kind is FieldKind.LONG_TEXT,
    )


def shown(field: Asked, value: object) -> str:
    names = {choice.value: choice.label.ja for choice in field.choices}
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if field.kind is FieldKind.DATE:
        return _day(str(value))
    if isinstance(value, list | tuple):
        return "、".join(names.get(one, str(one)) for one in value)
    return names.get(str(value), str(value))


def _day(said: str) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(value: object) -> object:
    """As a register compares: widths and spaces say nothing, nor does the order of what was chosen."""
    if isinstance(value, list | tuple):
        return frozenset(map(str, value))
    if isinstance(value, bool):
        return value
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def _is_shown(field: Field, answers: Mapping[str, Any]) -> bool:
    return field.show_if is None or answers.get(field.show_if.field) == field.show_if.equals


def explained(against: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(code, field or source) of each."""
    for one in against:
        code, _, rest = one.partition(":")
        yield code, rest
