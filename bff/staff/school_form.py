"""A school's notice as typed: whom it is for, what it says and what it asks; every mistake told with its field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bff.school.asks import KINDS, Asks, Question, questions_of, survey_of, survey_text
from bff.school.notice import Event, SchoolNotice
from bff.school.school import Pupil, School
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.typed import Typed
from bff.staff.words import word
from life_events import Text, contains_individual_number
from notifications.jobs import JAPAN

LONGEST: Final = {"title": 60, "body": 4000}
LONGEST_FEE: Final = 1_000_000
FURTHEST: Final = timedelta(days=400)


@dataclass(frozen=True)
class Who:
    """By whom, when and under which id it is sent."""

    id: UUID
    name: str
    now: datetime


def notice_of(typed: Typed, school: School, pupils: list[Pupil], who: Who) -> SchoolNotice:
    """Raises `Mistakes`, all of them at once."""
    found: list[Mistake] = []
    marks = frozenset(typed.every("to"))
    known = {mark for one in pupils for mark in one.marks(school)}
    if not marks or not marks <= known:
        found.append(Mistake("to", word("school_mistake", "to")))
    title, body = _text(typed, "title", found), _text(typed, "body", found)
    asks, event = _asks(typed, who.now, found), _event(typed, who.now, found)
    if found:
        raise Mistakes(*found)
    return SchoolNotice(
        id=who.id,
        ward=school.ward,
        school=school.id,
        marks=frozenset({school.mark}) if school.mark in marks else marks,
        title=title,
        body=body,
        asks=asks,
        event=event,
        by_name=who.name,
        sent_at=who.now,
        closes_at=asks.until if asks else None,
        revision=1,
        recalled_at=None,
    )


def corrected_of(typed: Typed, old: SchoolNotice, now: datetime) -> SchoolNotice:
    """What it is to say instead, to the same groups and with the same kind of question. Raises `Mistakes`."""
    found: list[Mistake] = []
    title, body = _text(typed, "title", found), _text(typed, "body", found)
    kind = old.asks.kind if old.asks else "none"
    asks = _asks(typed.but(asks=kind), now, found, was=old.asks.until if old.asks else None)
    event = _event(typed, now, found, was=old.event)
    if found:
        raise Mistakes(*found)
    return replace(old, title=title, body=body, asks=asks, event=event, closes_at=asks.until if asks else None)


def as_typed(one: SchoolNotice) -> Typed:
    """A notice as its form has it: a language that says what the one before it says was left empty, and is empty again,
    so that it goes along when that one is corrected."""
    filled: dict[str, str] = {}
    for part, said in (("title", one.title), ("body", one.body)):
        filled |= {f"{part}_ja": said.ja, f"{part}_easy": "" if said.easy == said.ja else said.easy}
        filled |= {f"{part}_en": "" if said.en == said.easy else said.en}
    if one.asks is not None:
        filled |= {"asks": one.asks.kind, "until": f"{one.asks.until.astimezone(JAPAN):%Y-%m-%dT%H:%M}"}
        filled |= {"one_is_enough": "yes" if one.asks.one_is_enough else "", "amount": str(one.asks.amount_yen or "")}
        filled |= {"survey": survey_text(one.asks.questions) if one.asks.kind == "survey" else ""}
    if one.event is not None:
        filled |= {"event_on": one.event.on.isoformat(), "event_place": one.event.place}
        filled |= {"event_begins": one.event.begins, "event_ends": one.event.ends}
    return Typed({name: (value,) for name, value in filled.items()})


def _text(typed: Typed, part: str, found: list[Mistake]) -> Text:
    ja, easy, en = (typed.one(f"{part}_{one}").strip() for one in ("ja", "easy", "en"))
    if not ja:
        found.append(Mistake(f"{part}_ja", word("school_mistake", "empty")))
    for language, said in (("ja", ja), ("easy", easy), ("en", en)):
        if len(said) > LONGEST[part] or "\x00" in said:
            found.append(Mistake(f"{part}_{language}", word("school_mistake", "long", most=LONGEST[part])))
        if contains_individual_number(said):
            found.append(Mistake(f"{part}_{language}", word("school_mistake", "number")))
    return Text(ja, easy or ja, en or easy or ja)


def _asks(typed: Typed, now: datetime, found: list[Mistake], was: datetime | None = None) -> Asks | None:
    """`was`: the closing time it has, which may be over."""
    kind = typed.one("asks")
    if kind in ("", "none"):
        return None
    known = next((one for one in KINDS if one == kind), None)
    until = _moment(typed.one("until"))
    if known is None:
        found.append(Mistake("asks", word("school_mistake", "asks")))
        return None
    if until is None or not (until == was or now < until < now + FURTHEST):
        found.append(Mistake("until", word("school_mistake", "until")))
        return None
    questions: tuple[Question, ...] | None = questions_of(known)
    if known == "survey":
        questions = survey_of(typed.one("survey"))
        if questions is None or contains_individual_number(typed.one("survey")):
            found.append(Mistake("survey", word("school_mistake", "survey")))
    amount = _amount(typed, found) if known == "fee" else None
    return Asks(known, until, questions or (), typed.one("one_is_enough") == "yes", amount)


def _amount(typed: Typed, found: list[Mistake]) -> int | None:
    said = typed.one("amount").strip().replace(",", "")
    if not (said.isascii() and said.isdigit() and len(said) < 9 and 0 < int(said) <= LONGEST_FEE):  # noqa: PLR2004
        found.append(Mistake("amount", word("school_mistake", "amount")))
        return None
    return int(said)


def _event(typed: Typed, now: datetime, found: list[Mistake], was: Event | None = None) -> Event | None:
    """`was`: the day it has, which may be over."""
    said, place = typed.one("event_on").strip(), typed.one("event_place").strip()
    hours = [typed.one("event_begins").strip(), typed.one("event_ends").strip()]
    if not said and not any((*hours, place)):
        return None
    try:
        on = date.fromisoformat(said)
        times = [datetime.strptime(one, "%H:%M").strftime("%H:%M") if one else "" for one in hours]  # noqa: DTZ007
    except ValueError:
        found.append(Mistake("event_on", word("school_mistake", "event_on")))
        return None
    event = Event(on, times[0], times[1], place)
    if event == was:
        return event
    is_in_order = not times[1] or times[0] < times[1]
    if not now.date() - timedelta(days=1) <= on <= (now + FURTHEST).date() or not is_in_order or len(place) > 80:  # noqa: PLR2004
        found.append(Mistake("event_on", word("school_mistake", "event_on")))
        return None
    return event


def _moment(said: str) -> datetime | None:
    """As a browser writes what was chosen: Tokyo time."""
    try:
        return datetime.fromisoformat(said).replace(tzinfo=JAPAN)
    except ValueError:
        return None
