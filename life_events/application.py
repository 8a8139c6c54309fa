"""What a person filled in: which of it is shown and sent, and what no schema can tell. Nothing here raises.

Whether the answers of a form may be sent is told by its schema (schema.py), in any validator of JSON Schema.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from life_events.catalogue import Catalogue
from life_events.form import Field, Form
from life_events.individual_number import contains_individual_number
from life_events.questions import QuestionKind, QuestionSpec
from life_events.terms import Text

LONGEST_FACT_ID = 100
LONGEST_TEXT = 10_000
"""No field takes more, so a longer text is refused without being searched."""
TOO_LONG_A_NUMBER = 10**15
"""Numbers from here on are not written out: they hold more digits than a 個人番号 anyway."""


class FieldError(Struct, frozen=True):
    """`field`: the field's or question's id. `code`: stable word for programs. `text`: for the person."""

    field: str
    code: str
    text: Text


def shown_answers(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers of the fields that are shown and filled in: what is sent to the ward."""
    fields = form.fields
    return {
        field.id: answers[field.id]
        for field in fields.values()
        if not is_empty(answers.get(field.id)) and is_shown(field, fields, answers)
    }


def is_shown(field: Field, fields: Mapping[str, Field], answers: Mapping[str, object]) -> bool:
    """Whether every field this one hangs on is shown and holds the value."""
    seen: set[str] = set()
    while field.show_if is not None and field.id not in seen:
        seen.add(field.id)
        value = answers.get(field.show_if.field)
        if type(value) is not type(field.show_if.equals) or value != field.show_if.equals:
            return False
        field = fields[field.show_if.field]
    return True


def check_answer(catalogue: Catalogue, fact: str, value: object, today: date) -> FieldError | None:
    """The refusal of one answer to a question (`fact` or `fact:person`), or None when it may be kept."""
    refusals = catalogue.words.refusals
    question = find_question(catalogue, fact)
    if question is None:
        return FieldError(echo(fact), "unknown_question", refusals["unknown_question"])
    code = _answer_fault(question, value, today)
    return None if code is None else FieldError(fact, code, refusals[code])


def find_question(catalogue: Catalogue, fact: object) -> QuestionSpec | None:
    """The question behind a fact id; None when there is none, or a person is named where none belongs."""
    if not isinstance(fact, str) or len(fact) > LONGEST_FACT_ID:
        return None
    base, colon, person = fact.partition(":")
    question = catalogue.questions.get(base)
    if question is None or question.per_person != bool(colon):
        return None
    known_shape = re.fullmatch(r"[A-Za-z0-9_\-]{1,60}", person) and not contains_individual_number(person)
    return question if not colon or known_shape else None


def _answer_fault(question: QuestionSpec, value: object, today: date) -> str | None:
    if question.kind is QuestionKind.YES_NO:
        return None if isinstance(value, bool) else "wrong_type"
    if not isinstance(value, str):
        return "wrong_type"
    if question.kind is QuestionKind.DATE:
        earliest = None if question.days_from is None else today + timedelta(days=question.days_from)
        latest = None if question.days_to is None else today + timedelta(days=question.days_to)
        return _date_fault(value, earliest, latest)
    return None if value in {choice.value for choice in question.choices} else "not_a_choice"


def _date_fault(value: str, earliest: date | None, latest: date | None) -> str | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return "not_a_date"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "not_a_date"
    too_early = earliest is not None and day < earliest
    return "out_of_window" if too_early or (latest is not None and day > latest) else None


def is_empty(value: object) -> bool:
    """Whether nothing was written there."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def holds_individual_number(value: object) -> bool:
    """Whether a 個人番号 stands anywhere in an answer, written as a text, a number or in a list."""
    if isinstance(value, bool):
        return False
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) < TOO_LONG_A_NUMBER and contains_individual_number(f"{value:.0f}")
    if isinstance(value, int):
        return abs(value) < TOO_LONG_A_NUMBER and contains_individual_number(str(value))
    if isinstance(value, list | tuple):
        return any(isinstance(each, str | int | float) and holds_individual_number(each) for each in value)
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and contains_individual_number(value)


def echo(key: object) -> str:
    """An unknown id is only repeated when it can hold nothing personal."""
    plain = isinstance(key, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,40}", key) is not None
    return str(key) if plain and not contains_individual_number(str(key)) else "?"
