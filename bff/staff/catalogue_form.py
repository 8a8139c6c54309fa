"""The form in which an official says otherwise what a procedure is in the ward; what stays as shipped is not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.words import word
from life_events import Text, contains_individual_number
from life_events.amending import LONGEST_TERM, TEXTS, Amendment, Days
from life_events.catalogue import Attachment, Fee
from notifications.jobs import JAPAN
from notifications.texts import text_of

LANGUAGES: Final = ("ja", "easy", "en")
MOST_PAPERS: Final = 15
LONGEST_NAME: Final = 60
LONGEST: Final = 500
MOST_YEN: Final = 1_000_000
AHEAD: Final = timedelta(days=400)
_MARKS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f{}<>]")


@dataclass(frozen=True)
class Wanted:
    said: Amendment
    note: str
    starts_at: datetime | None


def filled(said: Amendment) -> Typed:
    """The form as it is opened: everything as it holds in the ward."""
    values: dict[str, str] = {}
    for name in TEXTS:
        values |= _of(name, getattr(said, name))
    fee = said.fee or Fee()
    values["yen"] = "" if fee.yen is None else str(fee.yen)
    values |= _of("fee_note", fee.note)
    for n, paper in enumerate(said.attachments or ()):
        values |= {f"paper{n}_id": paper.id, **_of(f"paper{n}", paper.name), **_of(f"paper{n}_needed", paper.needed)}
        values |= {f"paper{n}_original": "yes"} if paper.original else {}
    for id, days in said.terms.items():
        values[f"term_{id}"] = str(days)
    for id, window in said.windows.items():
        values |= {f"opens_{id}": window.opens.isoformat(), f"closes_{id}": window.closes.isoformat()}
    return Typed({name: (value,) for name, value in values.items()})


def papers_shown(typed: Typed) -> range:
    """The rows of papers: those filled in, and two empty ones."""
    used = [n for n in range(MOST_PAPERS) if any(typed.one(f"paper{n}_{language}") for language in LANGUAGES)]
    return range(min(MOST_PAPERS, max(used, default=-1) + 3))


class Reading:
    """One form read against what is shipped; every mistake with its field."""

    def __init__(self, typed: Typed, shipped: Amendment, now: datetime) -> None:
        self._typed, self._shipped, self._now = typed, shipped, now
        self.mistakes: list[Mistake] = []

    def wanted(self, sets: tuple[str, ...], terms: tuple[str, ...]) -> Wanted | None:
        """`sets`: what the ward may set of the procedure, `terms` those of it that are numbers of days."""
        texts = {name: self._text(name) for name in TEXTS}
        said = Amendment(
            **{name: None if text == getattr(self._shipped, name) else text for name, text in texts.items()},
            fee=self._fee(),
            attachments=self._papers(),
            terms=dict(self._terms(terms)),
            windows=dict(self._windows([id for id in sets if id not in terms])),
        )
        note, starts_at = self._note(), self._starts_at()
        if not self.mistakes and said.is_empty:
            self.mistakes.append(Mistake("", word("mistake", "catalogue_same")))
        return None if self.mistakes else Wanted(said, note, starts_at)

    def _wrong(self, field: str, text: str) -> None:
        self.mistakes.append(Mistake(field, text, called(field)))

    def _text(self, name: str, *, needed: bool | None = None) -> Text | None:
        """All three languages or none; what is shipped cannot be left empty."""
        told = {
            language: self._line(f"{name}_{language}", LONGEST_NAME if name == "name" else LONGEST)
            for language in LANGUAGES
        }
        needed = getattr(self._shipped, name, None) is not None if needed is None else needed
        if not any(told.values()) and not needed:
            return None
        for language, said in told.items():
            if not said:
                self._wrong(f"{name}_{language}", word("mistake", "catalogue_languages"))
                return None
        before: Text | None = getattr(self._shipped, name, None)
        same = before is not None and all(getattr(before, one) == told[one] for one in LANGUAGES)
        return before if same else Text(**told)

    def _line(self, name: str, longest: int) -> str:
        said = " ".join(self._typed.one(name).split())
        if len(said) > longest or _MARKS.search(said):
            self._wrong(name, word("mistake", "catalogue_text", limit=longest))
        elif contains_individual_number(said):
            self._wrong(name, text_of("refused", "note_number").ja)
        return said

    def _whole(self, name: str, least: int, most: int) -> int | None:
        said = self._typed.one(name).strip()
        if said.isascii() and said.isdigit() and len(said) <= len(str(most)) and least <= int(said) <= most:
            return int(said)
        self._wrong(name, word("mistake", "between", least=least, most=most))
        return None

    def _fee(self) -> Fee | None:
        yen = self._whole("yen", 0, MOST_YEN) if self._typed.one("yen").strip() else None
        fee = Fee(yen=yen, note=self._of_shipped(self._text("fee_note", needed=False)))
        return None if fee == self._shipped.fee else fee

    def _of_shipped(self, note: Text | None) -> Text | None:
        """A note that says the same keeps the languages that are not asked for here."""
        before = self._shipped.fee.note if self._shipped.fee else None
        return before if before and note and _same(before, note) else note

    def _papers(self) -> tuple[Attachment, ...] | None:
        before = {one.id: one for one in self._shipped.attachments or ()}
        found: list[Attachment] = []
        for n in range(MOST_PAPERS):
            if not any(self._typed.one(f"paper{n}_{language}").strip() for language in LANGUAGES):
                continue
            name, needed = self._text(f"paper{n}", needed=True), self._text(f"paper{n}_needed", needed=False)
            if name is None:
                continue
            said = self._typed.one(f"paper{n}_id")
            known = before.get(said)
            id = said if known else self._new_id([*before, *(one.id for one in found)])
            name = known.name if known and _same(known.name, name) else name
            needed = known.needed if known and known.needed and needed and _same(known.needed, needed) else needed
            kept: dict[str, Any] = {"omitted": known.omitted, "shown_only": known.shown_only} if known else {}
            original = self._typed.one(f"paper{n}_original") == "yes"
            found.append(Attachment(id=id, name=name, needed=needed, original=original, **kept))
        return None if tuple(found) == (self._shipped.attachments or ()) else tuple(found)

    def _new_id(self, taken: list[str]) -> str:
        return next(id for n in range(1, 2 * MOST_PAPERS + 1) if (id := f"own_{n}") not in taken)

    def _terms(self, ids: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        for id in ids:
            days = self._whole(f"term_{id}", 1, LONGEST_TERM)
            if days is not None and days != self._shipped.terms.get(id):
                yield id, days

    def _windows(self, ids: list[str]) -> Iterator[tuple[str, Days]]:
        for id in ids:
            opens, closes = self._day(f"opens_{id}"), self._day(f"closes_{id}")
            if opens is None and closes is None:
                continue
            if opens is None or closes is None or closes < opens:
                self._wrong(f"closes_{id}", word("mistake", "catalogue_window"))
            elif (own := Days(opens, closes)) != self._shipped.windows.get(id):
                yield id, own

    def _day(self, name: str) -> date | None:
        said = self._typed.one(name).strip()
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self._wrong(name, word("mistake", "first"))
            return None

    def _note(self) -> str:
        note = self._line("note", LONGEST)
        if not note:
            self._wrong("note", word("mistake", "note"))
        return note

    def _starts_at(self) -> datetime | None:
        said = self._typed.one("starts_at").strip()
        if not said:
            return None
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            at = None
        if at is None or at.tzinfo is not None:
            self._wrong("starts_at", word("mistake", "moment"))
            return None
        at = at.replace(tzinfo=JAPAN)
        if not self._now < at <= self._now + AHEAD:
            self._wrong("starts_at", word("mistake", "catalogue_ahead"))
        return at


def called(field: str) -> str:
    """The input as its label has it."""
    name, _, language = re.sub(r"^paper\d+", "paper", field).rpartition("_")
    if language in LANGUAGES:
        of = word("catalogue_field", name)
        return f"{of}（{word('language', language)}）"
    if name.startswith(("term_", "opens_", "closes_")) or field.startswith(("term_", "opens_", "closes_")):
        return word("catalogue_term", field.split("_", 1)[1])
    return word("field", field)


def told_wrong(fault: str) -> Mistake:
    """What the catalogue's own check said, in our words where we have them."""
    return Mistake("", word("mistake", "catalogue_check", fault=fault))


def _same(one: Text, other: Text) -> bool:
    return all(getattr(one, language) == getattr(other, language) for language in LANGUAGES)


def _of(name: str, text: Text | None) -> Mapping[str, str]:
    return {f"{name}_{language}": getattr(text, language) for language in LANGUAGES} if text else {}
