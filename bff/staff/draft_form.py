"""The broadcast form: what was typed, read into a draft, every mistake told with the field it belongs to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bff.staff.typed import Typed
from bff.staff.words import word
from life_events import contains_individual_number
from notifications.audience import AgeRange, Audience, Unit
from notifications.broadcast import Broadcast, Draft
from notifications.fitness import LONGEST_BODY, LONGEST_TITLE, DraftFault, faults_of
from notifications.notice import Kind, Language, Text

KINDS = (Kind.INFORMATION, Kind.ACTION, Kind.EMERGENCY)
"""`Kind.STATUS` is what the house says about an application, not what an official writes."""
AUDIENCE_FIELDS = frozenset({"languages", "least", "most", "unit"})
TEXT_FIELDS = frozenset(f"{part}_{language}" for part in ("title", "body") for language in Language)
FIELDS = frozenset({"kind", "act_by", "key", "version", "do"}) | AUDIENCE_FIELDS | TEXT_FIELDS
LIMITS = {"title": LONGEST_TITLE, "body": LONGEST_BODY}


@dataclass(frozen=True)
class Mistake:
    """`field` is the id of the input to go to; empty when none is to blame."""

    field: str
    text: str

    @property
    def label(self) -> str:
        return word("field", self.field) if self.field else ""


class Mistakes(Exception):
    """What was typed is no draft; nothing was stored."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*(mistake.text for mistake in mistakes))
        self.mistakes = mistakes


def draft_of(typed: Typed, *, ward: str, sender: Text, today: date, school: str | None = None) -> Draft:
    """The draft that was typed; raises `Mistakes` with all of them at once. `school`: of whoever writes, if of one."""
    found = _unknown(typed)
    kind = _kind(typed, found)
    act_by = _act_by(typed, found)
    audience = _audience(typed, ward, school, found)
    draft = Draft(kind, sender, text_of(typed, "title"), text_of(typed, "body"), audience, act_by)
    found += _faults(typed, draft, today)
    if found:
        raise Mistakes(*found)
    return draft


def audience_of(typed: Typed, ward: str, school: str | None = None) -> Audience:
    """Only the audience; raises `Mistakes`."""
    found: list[Mistake] = []
    audience = _audience(typed, ward, school, found)
    if found:
        raise Mistakes(*found)
    return audience


def text_of(typed: Typed, part: str) -> Text:
    ja, easy, en = (typed.one(f"{part}_{language}").strip() for language in Language)
    return Text.of(ja, easy or None, en or None)


def typed_from(broadcast: Broadcast) -> Typed:
    """The form as it was when this broadcast was saved; a language that only repeats another is left empty."""
    age = broadcast.audience.child_age
    single = {
        "kind": str(broadcast.kind),
        "act_by": broadcast.act_by.isoformat() if broadcast.act_by else "",
        "least": str(age.least) if age else "",
        "most": str(age.most) if age else "",
        "unit": str(age.unit if age else Unit.YEARS),
        "version": str(broadcast.version),
    }
    for part, text in (("title", broadcast.title), ("body", broadcast.body)):
        own = broadcast.title.easy, broadcast.body.easy
        has_easy = own != (broadcast.title.ja, broadcast.body.ja)
        has_english = (broadcast.title.en, broadcast.body.en) != own
        single |= {
            f"{part}_ja": text.ja,
            f"{part}_easy": text.easy if has_easy else "",
            f"{part}_en": text.en if has_english else "",
        }
    languages = tuple(str(one) for one in Language if one in broadcast.audience.languages)
    return Typed({**{name: (value,) for name, value in single.items()}, "languages": languages})


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
    names = sorted(set(typed.values) - FIELDS)
    shown = "、".join(name[:40] for name in names[:5])
    return [Mistake("", word("mistake", "unknown", names=shown))] if names else []


def _kind(typed: Typed, found: list[Mistake]) -> Kind:
    kind = next((kind for kind in KINDS if kind == typed.one("kind")), None)
    if kind is None:
        found.append(Mistake("kind", word("mistake", "kind")))
    return kind or Kind.INFORMATION


def _act_by(typed: Typed, found: list[Mistake]) -> date | None:
    said = unicodedata.normalize("NFKC", typed.one("act_by")).strip()
    if not said:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", said, re.ASCII)
    try:
        if parts is not None:
            return date(*map(int, parts.groups()))
    except ValueError:
        pass
    found.append(Mistake("act_by", word("mistake", "date")))
    return None


def _audience(typed: Typed, ward: str, school: str | None, found: list[Mistake]) -> Audience:
    said = set(typed.every("languages"))
    languages = frozenset(one for one in Language if one in said)
    if said - languages:
        found.append(Mistake("languages", word("mistake", "languages")))
    return Audience(ward, languages, _child_age(typed, found), school)


def _child_age(typed: Typed, found: list[Mistake]) -> AgeRange | None:
    said = {name: unicodedata.normalize("NFKC", typed.one(name)).strip() for name in ("least", "most")}
    if not any(said.values()):
        return None
    wrong = [_age_mistake(name, value) for name, value in said.items() if not re.fullmatch(r"[0-9]{1,4}", value)]
    unit = next((unit for unit in Unit if unit == typed.one("unit")), None)
    if unit is None:
        wrong.append(Mistake("unit", word("mistake", "unit")))
    if not wrong and unit is not None:
        try:
            return AgeRange(int(said["least"]), int(said["most"]), unit)
        except ValueError:
            wrong.append(Mistake("most", word("mistake", "age_order")))
    found += wrong
    return None


def _age_mistake(name: str, value: str) -> Mistake:
    return Mistake(name, word("mistake", "number" if value else "both_ages"))


def _faults(typed: Typed, draft: Draft, today: date) -> list[Mistake]:
    """The mail room's own check, once per language that was written, so that each fault finds its field."""
    found: list[Mistake] = []
    for language in Language:
        title, body = (typed.one(f"{part}_{language}").strip() for part in LIMITS)
        if language is not Language.JA and bool(title) != bool(body):
            found.append(Mistake(f"{'body' if title else 'title'}_{language}", word("mistake", "both")))
        elif title or language is Language.JA:
            alone = replace(draft, title=Text.of(title), body=Text.of(body))
            found += [_told(fault, language, typed) for fault in faults_of(alone, today, contains_individual_number)]
    return list(dict.fromkeys(found))


def _told(fault: DraftFault, language: Language, typed: Typed) -> Mistake:
    if fault.field not in LIMITS:
        return Mistake(fault.field, fault.text.ja)
    field, limit = f"{fault.field}_{language}", LIMITS[fault.field]
    if fault.code == "too_long":
        return Mistake(field, word("mistake", "too_long", limit=limit, count=len(typed.one(field).strip())))
    if fault.code == "empty":
        return Mistake(field, word("mistake", f"empty_{fault.field}"))
    return Mistake(field, fault.text.ja)
