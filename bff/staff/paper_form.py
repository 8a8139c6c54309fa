"""The form a clerk holds against the picture: each field with what was read, how sure that is, and what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bff.paper import values
from bff.paper.days import day_in, in_era
from bff.paper.form import paper_form
from bff.paper.intake import Draft, Intake
from bff.paper.reading import Result
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import Visit
from bff.staff.words import knows, word
from life_events import Field, FieldError, FieldKind, Form, holds_individual_number

BEFORE: Final = "f."
"""Names of the fields of the form begin so, that none is taken for one of ours."""
LONGEST: Final = 10_000
LONGEST_WINDOW: Final = 40
Input = Literal["line", "area", "one", "many"]
MANY_ROOMS: Final = 5
"""So many choices are shown open; more of them in a list."""


@dataclass(frozen=True)
class Line:
    """`sure` '' where nothing was to be read; `piece`: the part of the picture, as a `data:` address, or ''."""

    id: str
    label: str
    hint: str
    input: Input
    typed: tuple[str, ...]
    options: Sequence[tuple[str, str]]
    sure: str
    piece: str
    seen: bool
    required: bool
    length: int | None
    era: str

    @property
    def name(self) -> str:
        return f"{BEFORE}{self.id}"

    @property
    def is_doubtful(self) -> bool:
        return self.sure in ("low", "none")


def lines(
    form: Form, draft: Draft | None, result: Result | None, pieces: Mapping[str, str]
) -> list[tuple[str, list[Line]]]:
    """By section, as in the procedure's own form; what was typed stands over what was read."""
    return [
        (section.title.ja, [_line(field, draft, result, pieces.get(field.id, "")) for field in section.fields])
        for section in form.sections
    ]


def draft_in(form: Form, typed: Typed) -> Draft:
    """As it was typed, put as the form wants it where that is plain."""
    said = {
        field.id: tuple(values.normal(field, one[:LONGEST]) for one in typed.every(f"{BEFORE}{field.id}"))
        for field in form.fields.values()
    }
    return Draft(
        {id: tuple(one for one in every if one) for id, every in said.items()},
        tuple(id for id in typed.every("seen") if id in form.fields),
        typed.one("window")[:LONGEST_WINDOW],
        typed.one("after_reading") == "yes",
    )


def received_in(typed: Typed, kept: Intake) -> date | None:
    """The day of the stamp; the one that was kept where the page has none."""
    said = typed.one("received_on").strip()
    return day_in(said) if said else kept.received_on


def forbidden(draft: Draft) -> list[str]:
    """Fields in which a 個人番号 stands: such a draft is kept nowhere."""
    return [id for id, typed in draft.typed.items() if holds_individual_number(list(typed))]


@dataclass(frozen=True)
class OfForm(Mistake):
    """Called as on the paper."""

    called: str = ""

    @property
    def label(self) -> str:
        return self.called


def mistakes(form: Form, wrong: Sequence[FieldError], unseen: Sequence[str]) -> tuple[Mistake, ...]:
    names = {id: field.label.ja for id, field in form.fields.items()}
    found = [OfForm(f"{BEFORE}{one.field}", one.text.ja, names.get(one.field, "")) for one in wrong]
    told = {one.field for one in wrong}
    found += [OfForm(f"seen.{id}", word("paper_mistake", "unseen"), names[id]) for id in unseen if id not in told]
    return tuple(found)


def read_back(form: Form, draft: Draft) -> list[tuple[str, list[tuple[str, str]]]]:
    """By section: what will stand in the case, in words."""
    return [
        (
            section.title.ja,
            [(field.label.ja, _in_words(field, draft.typed.get(field.id, ()))) for field in section.fields],
        )
        for section in form.sections
    ]


def form_of(visit: Visit, kept: Intake) -> Form:
    return paper_form(visit.house.for_paper.catalogue, kept.procedure, kept.ward, kept.received_on)


def _line(field: Field, draft: Draft | None, result: Result | None, piece: str) -> Line:
    found = result.fields.get(field.id) if result else None
    read = found.typed if found else ()
    typed = draft.typed.get(field.id, ()) if draft is not None else read
    if draft is not None and not typed and not draft.after_reading:
        typed = read
    return Line(
        id=field.id,
        label=field.label.ja,
        hint=word("paper_hint", field.kind.value) if knows("paper_hint", field.kind.value) else "",
        input=_input(field),
        typed=tuple(typed),
        options=values.options(field) if field.kind in values.TICKED else (),
        sure=(found.sure if found else "none") if result else "",
        piece=piece,
        seen=draft is not None and field.id in draft.seen,
        required=field.required and field.show_if is None,
        length=field.max_length,
        era=_era(field, typed),
    )


def _input(field: Field) -> Input:
    match field.kind:
        case FieldKind.LONG_TEXT:
            return "area"
        case FieldKind.MANY_CHOICE | FieldKind.AGREEMENT:
            return "many"
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return "one"
        case _:
            return "line"


def _era(field: Field, typed: Sequence[str]) -> str:
    """A day also as it is written on paper, so that both can be compared at a glance."""
    day = day_in(typed[-1]) if field.kind is FieldKind.DATE and typed else None
    return in_era(day) if day else ""


def _in_words(field: Field, typed: Sequence[str]) -> str:
    names = dict(values.options(field)) if field.kind in values.TICKED else {}
    said = "、".join(names.get(one, one) for one in typed)
    era = _era(field, typed)
    return f"{said}（{era}）" if era else said
