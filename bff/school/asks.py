"""What a notice asks for, as questions the phone shows one by one, and an answer looked over; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from bff.errors import FieldRefused, FieldsRefused
from bff.school.sending import is_blank
from bff.school.words import say
from bff.texts import told
from life_events import Text, contains_individual_number

Kind = Literal["consent", "survey", "attendance", "health", "confirm", "fee"]
KINDS: Final[tuple[Kind, ...]] = ("consent", "survey", "attendance", "health", "confirm", "fee")
LONGEST: Final = 500
MOST_QUESTIONS, MOST_CHOICES = 20, 12
COOLEST, HOTTEST = Decimal("33.0"), Decimal("43.0")
WITH_CONDITIONS: Final = "conditions"


class Choice(msgspec.Struct, frozen=True):
    id: str
    label: dict[str, str]


class Question(msgspec.Struct, frozen=True):
    """`when`: asked only when another question has this answer (`question=choice`); empty: always."""

    id: str
    kind: Literal["choice", "text", "temperature"]
    label: dict[str, str]
    choices: tuple[Choice, ...] = ()
    required: bool = True
    when: str = ""

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        question, _, choice = self.when.partition("=")
        return not self.when or answers.get(question) == choice


class Asks(msgspec.Struct, frozen=True):
    """`until`: the closing time; afterwards a change goes to the school as a request. `amount_yen`: of a fee alone."""

    kind: Kind
    until: datetime
    questions: tuple[Question, ...]
    one_is_enough: bool = True
    amount_yen: int | None = None

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told


def asks_of(told: object) -> Asks | None:
    """None: the notice asks for nothing."""
    return msgspec.convert(told, Asks) if told else None


def questions_of(kind: Kind) -> tuple[Question, ...]:
    """Those a kind always has; a survey brings its own."""
    match kind:
        case "consent":
            more = Question("conditions", "text", _label("ask_conditions"), when=f"consent={WITH_CONDITIONS}")
            return (_choice("consent", "yes", "no", WITH_CONDITIONS), more)
        case "attendance":
            return (_choice("attend", "yes", "no", "partly"), _note())
        case "confirm":
            return (_choice("confirmed", "yes"),)
        case "health":
            temperature = Question("temperature", "temperature", _label("ask_temperature"))
            return (temperature, _choice("feeling", "well", "unwell"), _note())
        case "fee":
            return (_choice("pay", "here", "otherwise"),)
    return ()


def survey_of(typed: str) -> tuple[Question, ...] | None:
    """A line a question: 「質問」 for words, 「質問：はい／いいえ」 for a choice. None: it cannot be read."""
    found: list[Question] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        asked, _, offered = line.partition("：") if "：" in line else line.partition(":")
        labels = [one for one in map(str.strip, re.split(r"[／/、]", offered)) if one]
        if not asked.strip() or len(labels) == 1 or len(labels) > MOST_CHOICES:
            return None
        choices = tuple(Choice(f"c{n}", _as_typed(label)) for n, label in enumerate(labels, 1))
        number = len(found) + 1
        found.append(Question(f"q{number}", "choice" if choices else "text", _as_typed(asked.strip()), choices))
    return tuple(found) if 0 < len(found) <= MOST_QUESTIONS else None


def survey_text(questions: Sequence[Question]) -> str:
    """As `survey_of` reads it."""
    lines = [(one.label["ja"], "／".join(each.label["ja"] for each in one.choices)) for one in questions]
    return "\n".join(f"{asked}：{offered}" if offered else asked for asked, offered in lines)


def checked(asks: Asks, answers: object) -> dict[str, str]:
    """What counts of it. Raises `FieldsRefused`, in the order of the questions."""
    given = answers if isinstance(answers, dict) else {}
    said = {one.id: _typed(one, str(given.get(one.id) or "").strip()) for one in asks.questions}
    said = {id: "" if is_blank(one) else one for id, one in said.items()}
    wrong: list[FieldRefused] = []
    kept: dict[str, str] = {}
    for question in asks.questions:
        if not question.is_asked(said):
            continue
        code = _fault(question, said[question.id])
        if code:
            wrong.append(FieldRefused(question.id, code, say(f"fault_{code}")))
        elif said[question.id]:
            kept[question.id] = said[question.id]
    if wrong:
        raise FieldsRefused(wrong[0].message, tuple(wrong))
    return kept


def _typed(question: Question, said: str) -> str:
    """A temperature as a keyboard in Japan writes it: 「３６．５」, 「36,5」, 「36.5℃」."""
    if question.kind != "temperature":
        return said
    return unicodedata.normalize("NFKC", said).replace(",", ".").rstrip("°C度 ")


def in_words(asks: Asks, answers: Mapping[str, str]) -> list[tuple[Text, Text]]:
    """Question and answer, for a person to read."""
    return [(Text(**one.label), _words(one, answers[one.id])) for one in asks.questions if answers.get(one.id)]


def in_one(asks: Asks, answers: Mapping[str, str]) -> Text:
    """The answers alone, one after the other."""
    said = [answer for _, answer in in_words(asks, answers)]
    return Text(
        "、".join(one.ja for one in said), "、".join(one.easy for one in said), ", ".join(one.en for one in said)
    )


def _words(question: Question, said: str) -> Text:
    for one in question.choices:
        if one.id == said:
            return Text(**one.label)
    return (
        Text(ja=f"{said}℃", easy=f"{said}℃", en=f"{said} °C")
        if question.kind == "temperature"
        else Text(said, said, said)
    )


def _fault(question: Question, said: str) -> str | None:
    if not said:
        return "required" if question.required else None
    if question.kind == "choice":
        return None if any(one.id == said for one in question.choices) else "not_fit"
    if question.kind == "temperature":
        fits = re.fullmatch(r"\d{2}(\.\d)?", said) and COOLEST <= Decimal(said) <= HOTTEST
        return None if fits else "temperature"
    if len(said) > LONGEST or "\x00" in said:
        return "too_long"
    return "individual_number" if contains_individual_number(said) else None


def _choice(id: str, *choices: str) -> Question:
    offered = tuple(Choice(one, _label(f"choice_{id}_{one}")) for one in choices)
    return Question(id, "choice", _label(f"ask_{id}"), offered)


def _note() -> Question:
    return Question("note", "text", _label("ask_note"), required=False)


def _label(key: str) -> dict[str, str]:
    return told(say(key))


def _as_typed(said: str) -> dict[str, str]:
    return {"ja": said, "easy": said, "en": said}
