"""The broadcast form: what was typed, read into a draft, every mistake told with the field it belongs to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from bff.staff import audience_form
from bff.staff.audience_form import Choices, day_in
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.typed import Typed
from bff.staff.words import word
from life_events import contains_individual_number
from notifications.audience import Audience
from notifications.audience.singling import asks_too_closely
from notifications.broadcasts import AT_ONCE, Broadcast, Draft, Every, Plan
from notifications.broadcasts.told import faults
from notifications.fitness import LONGEST_BODY, LONGEST_TITLE, DraftFault
from notifications.jobs import JAPAN
from notifications.notice import Kind, Language, Text
from notifications.words import WRITTEN

KINDS = (Kind.INFORMATION, Kind.ACTION, Kind.EMERGENCY)
"""`Kind.STATUS` is what the house says about an application, not what an official writes."""
TOPICS: Final = ("school", "nursery", "child", "health", "tax", "care", "moving", "disaster", "payment", "other")
"""Of those a resident can mute; what the house alone says is not among them."""
PAUSES: Final = (10, 30, 60, 180, 1440)
FIRST_PERCENT: Final = 1
TEXT_FIELDS = frozenset(f"{part}_{language}" for part in ("title", "body") for language in WRITTEN)
PLAN_FIELDS = frozenset({"when", "begins_day", "begins_time", "every", "rounds_until", "stages", "pause_minutes"})
FIELDS = (
    frozenset({"kind", "topic", "act_by", "key", "version", "do", "slot", "saved", "audience_name"})
    | TEXT_FIELDS
    | PLAN_FIELDS
)
LIMITS = {"title": LONGEST_TITLE, "body": LONGEST_BODY}


def draft_of(
    typed: Typed, *, ward: str, sender: Text, now: datetime, choices: Choices, school: str | None = None
) -> Draft:
    """The draft that was typed; raises `Mistakes` with all of them at once. `school`: of whoever writes, if of one."""
    found = _unknown(typed)
    kind = _kind(typed, found)
    topic = "school" if school else _topic(typed, found)
    act_by = _act_by(typed, found)
    audience = audience_form.audience_in(typed, ward, school, choices, found)
    texts = text_of(typed, "title"), text_of(typed, "body")
    draft = Draft(kind, sender, *texts, audience, act_by, topic=topic, plan=_plan(typed, found))
    found += _faults(typed, draft, now)
    if found:
        raise Mistakes(*dict.fromkeys(found))
    return draft


def audience_of(typed: Typed, ward: str, choices: Choices, school: str | None = None) -> Audience:
    """Only the audience, as it may be counted; raises `Mistakes`."""
    found: list[Mistake] = []
    audience = audience_form.audience_in(typed, ward, school, choices, found)
    if asks_too_closely(audience.rule):
        found.append(Mistake(PLACES["audience"], DraftFault("audience", "too_closely").text.ja))
    if found:
        raise Mistakes(*found)
    return audience


def text_of(typed: Typed, part: str) -> Text:
    ja, easy, en = (typed.one(f"{part}_{language}").strip() for language in WRITTEN)
    return Text.of(ja, easy or None, en or None)


def typed_from(broadcast: Broadcast) -> Typed:
    """The form as it was when this broadcast was saved. An audience that the form cannot say is left as it began."""
    single = {
        "kind": str(broadcast.kind),
        "topic": broadcast.topic,
        "act_by": broadcast.act_by.isoformat() if broadcast.act_by else "",
        "version": str(broadcast.version),
        **texts_typed(broadcast.title, broadcast.body),
        **_plan_typed(broadcast.plan),
    }
    rows = audience_form.typed_from(broadcast.audience.rule, broadcast.school) or audience_form.blank()
    return Typed({**{name: (value,) for name, value in single.items()}, **rows.values})


def texts_typed(title: Text, body: Text) -> dict[str, str]:
    """A language that only repeats another is left empty."""
    own = title.easy, body.easy
    has_easy = own != (title.ja, body.ja)
    has_english = (title.en, body.en) != own
    return {
        f"{part}_{language}": said if has else ""
        for part, text in (("title", title), ("body", body))
        for language, said, has in (
            ("ja", text.ja, True),
            ("easy", text.easy, has_easy),
            ("en", text.en, has_english),
        )
    }


def has_key(typed: Typed) -> bool:
    """Whether the form carries an idempotency key as we make them."""
    try:
        return str(UUID(typed.one("key"))) == typed.one("key")
    except ValueError:
        return False


def version_of(typed: Typed) -> int:
    """The version the form was opened with; raises `Mistakes`."""
    if re.fullmatch(r"[0-9]{1,9}", typed.one("version")) is None:
        raise Mistakes(Mistake("", word("mistake", "version")))
    return int(typed.one("version"))


def _unknown(typed: Typed) -> list[Mistake]:
    names = sorted(name for name in set(typed.values) - FIELDS if not audience_form.FIELD.fullmatch(name))
    shown = "、".join(name[:40] for name in names[:5])
    return [Mistake("", word("mistake", "unknown", names=shown))] if names else []


def _kind(typed: Typed, found: list[Mistake]) -> Kind:
    kind = next((kind for kind in KINDS if kind == typed.one("kind")), None)
    if kind is None:
        found.append(Mistake("kind", word("mistake", "kind")))
    return kind or Kind.INFORMATION


def _topic(typed: Typed, found: list[Mistake]) -> str:
    said = typed.one("topic") or "other"
    if said not in TOPICS:
        found.append(Mistake("topic", word("mistake", "choose")))
        return "other"
    return said


def _act_by(typed: Typed, found: list[Mistake]) -> date | None:
    said = typed.one("act_by").strip()
    day = day_in(said)
    if said and day is None:
        found.append(Mistake("act_by", word("mistake", "date")))
    return day


def _plan(typed: Typed, found: list[Mistake]) -> Plan:
    begins_at = _begins_at(typed, found) if typed.one("when") == "at" else None
    every = next((one for one in Every if one == typed.one("every")), None) if begins_at else None
    until = day_in(typed.one("rounds_until")) if every else None
    if every and until is None:
        found.append(Mistake("rounds_until", word("mistake", "date")))
        every = None
    first, pause = (FIRST_PERCENT, _pause(typed, found)) if typed.one("stages") == "first" else (0, 0)
    return replace(AT_ONCE, begins_at=begins_at, every=every, until=until, first_percent=first, pause_minutes=pause)


def _begins_at(typed: Typed, found: list[Mistake]) -> datetime | None:
    day = day_in(typed.one("begins_day"))
    hour = re.fullmatch(r"(\d{1,2}):(\d{2})", unicodedata.normalize("NFKC", typed.one("begins_time")).strip())
    try:
        clock = None if hour is None else time(int(hour[1]), int(hour[2]), tzinfo=JAPAN)
    except ValueError:
        clock = None
    if day is None:
        found.append(Mistake("begins_day", word("mistake", "date")))
    if clock is None:
        found.append(Mistake("begins_time", word("mistake", "opens")))
    return datetime.combine(day, clock) if day and clock else None


def _pause(typed: Typed, found: list[Mistake]) -> int:
    said = next((one for one in PAUSES if str(one) == typed.one("pause_minutes")), None)
    if said is None:
        found.append(Mistake("pause_minutes", word("mistake", "choose")))
    return said or PAUSES[1]


def _plan_typed(plan: Plan) -> dict[str, str]:
    here = plan.begins_at.astimezone(JAPAN) if plan.begins_at else None
    return {
        "when": "at" if here else "at_once",
        "begins_day": f"{here:%Y-%m-%d}" if here else "",
        "begins_time": f"{here:%H:%M}" if here else "",
        "every": str(plan.every or ""),
        "rounds_until": plan.until.isoformat() if plan.until else "",
        "stages": "first" if plan.first_percent else "all",
        "pause_minutes": str(plan.pause_minutes or PAUSES[1]),
    }


def _faults(typed: Typed, draft: Draft, now: datetime) -> list[Mistake]:
    """The mail room's own check, once per language that was written, so that each fault finds its field."""
    found: list[Mistake] = []
    for language in WRITTEN:
        title, body = (typed.one(f"{part}_{language}").strip() for part in LIMITS)
        if language is not Language.JA and bool(title) != bool(body):
            found.append(Mistake(f"{'body' if title else 'title'}_{language}", word("mistake", "both")))
        elif title or language is Language.JA:
            alone = replace(draft, title=Text.of(title), body=Text.of(body))
            found += [_told(fault, language, typed) for fault in faults(alone, now, contains_individual_number)]
    return found


PLACES: Final = {"begins_at": "begins_day", "until": "rounds_until", "audience": "h-audience"}
"""Where the form has a field of the mail room's under another name."""


def _told(fault: DraftFault, language: Language, typed: Typed) -> Mistake:
    if fault.field not in LIMITS:
        return Mistake(PLACES.get(fault.field, fault.field), fault.text.ja)
    field, limit = f"{fault.field}_{language}", LIMITS[fault.field]
    if fault.code == "too_long":
        return Mistake(field, word("mistake", "too_long", limit=limit, count=len(typed.one(field).strip())))
    if fault.code == "empty":
        return Mistake(field, word("mistake", f"empty_{fault.field}"))
    return Mistake(field, fault.text.ja)
