"""What a ward's officials say otherwise of one procedure: laid over the ward's file, by the same types and checks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from life_events.catalogue import Attachment, Catalogue, Fee, Override, Procedure, Ward
from life_events.checking import WrongData, check
from life_events.individual_number import contains_individual_number
from life_events.law import Dated, Window
from life_events.terms import Text

LONGEST_TERM = 366
"""Days: a term that a ward sets itself is not longer."""


class Days(Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last day on which something is taken in."""

    opens: date
    closes: date


class Amendment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What it leaves out stays as it is shipped. `terms`: days, and `windows`, by what the procedure lets wards set."""

    name: Text | None = None
    summary: Text | None = None
    who: Text | None = None
    window: Text | None = None
    late: Text | None = None
    how: Text | None = None
    follow_up: Text | None = None
    where: Text | None = None
    fee: Fee | None = None
    attachments: tuple[Attachment, ...] | None = None
    terms: Mapping[str, int] = field(default_factory=dict)
    windows: Mapping[str, Days] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self == Amendment()


def amendment(raw: Mapping[str, Any]) -> Amendment:
    """As it was kept; raises WrongData when it is none, for whatever reason."""
    try:
        return msgspec.convert(raw, Amendment)
    except msgspec.ValidationError as wrong:
        raise WrongData("amendment", str(wrong)) from wrong


def kept(amended: Amendment) -> dict[str, Any]:
    """As JSON has it."""
    built: dict[str, Any] = msgspec.to_builtins(amended)
    return built


def amended(catalogue: Catalogue, ward: str, procedure: str, said: Amendment, since: date) -> Catalogue:
    """The catalogue in which that ward says so; `since`: the day from which a term of its own holds.

    Raises WrongData when there is no such ward, procedure, term or window.
    """
    here, spec = catalogue.wards.get(ward), catalogue.procedures.get(procedure)
    if here is None or spec is None:
        raise WrongData(f"{ward}.toml", f"procedures.{procedure}: there is no such ward or procedure")
    if strange := {*said.terms, *said.windows} - set(spec.ward_sets):
        raise WrongData(f"{ward}.toml", f"procedures.{procedure}: no ward sets {min(strange)}")
    wards = {**catalogue.wards, ward: _ward(catalogue, here, spec, said, since)}
    windows = {code: one.windows for code, one in wards.items()}
    return replace(catalogue, wards=wards, law=replace(catalogue.law, windows_elsewhere=windows))


def with_terms(
    catalogue: Catalogue, before: Catalogue, ward: str, terms: Mapping[str, int | None], since: date
) -> Catalogue:
    """The catalogue in which from `since` on these terms hold in that ward; None: as in `before`, which nobody amended.
    What held until then goes on for whatever began under it; a number that holds already is not begun again."""
    here = catalogue.wards[ward]
    numbers = dict(here.numbers)
    for id, days in terms.items():
        general = catalogue.law.numbers[id].values
        files = before.wards[ward].numbers.get(id) or general
        then = _from(files, since) if days is None else (Dated(since, days),)
        numbers[id] = _until(numbers.get(id) or general, then, since)
    return replace(catalogue, wards={**catalogue.wards, ward: replace(here, numbers=numbers)})


def try_out(catalogue: Catalogue, ward: str, procedure: str, said: Amendment, since: date) -> Catalogue:
    """As `amended`, checked as the files are when they are loaded; raises WrongData for the first fault."""
    for text in _texts(said):
        for language in ("ja", "easy", "en"):
            if contains_individual_number(getattr(text, language)):
                raise WrongData(f"{ward}.toml", "a text holds an individual number")
    for id, days in said.terms.items():
        if not 1 <= days <= LONGEST_TERM:
            raise WrongData(f"{ward}.toml", f"numbers.{id}: {days} is no number of days for a term")
    for id, own in said.windows.items():
        if own.closes < own.opens:
            raise WrongData(f"{ward}.toml", f"windows.{id}: closes before it opens")
    made = amended(catalogue, ward, procedure, said, since)
    check(made)
    return made


def shipped(catalogue: Catalogue, ward: str, procedure: str) -> Amendment:
    """What is said there in the ward, as an amendment that says everything an official may say otherwise."""
    spec, here = catalogue.procedures[procedure], catalogue.wards[ward]
    own = here.procedures.get(procedure)
    law = catalogue.law_in(ward)
    current = {one.id: one for one in sorted(here.windows, key=lambda one: one.closes) if one.id in spec.ward_sets}
    texts = {name: (getattr(own, name) if own else None) or getattr(spec, name, None) for name in TEXTS}
    return Amendment(
        **texts,
        fee=(own.fee if own else None) or spec.fee,
        attachments=own.attachments if own and own.attachments is not None else spec.attachments,
        terms={id: max(law.numbers[id].values, key=_start).value for id in terms_of(catalogue, spec)},
        windows={id: Days(one.opens, one.closes) for id, one in current.items()},
    )


TEXTS = ("name", "summary", "who", "window", "late", "how", "follow_up", "where")


def terms_of(catalogue: Catalogue, spec: Procedure) -> tuple[str, ...]:
    """What of `ward_sets` is a number of days; the others are windows."""
    return tuple(id for id in spec.ward_sets if id in catalogue.law.numbers)


def _ward(catalogue: Catalogue, here: Ward, spec: Procedure, said: Amendment, since: date) -> Ward:
    before = here.procedures.get(spec.id) or Override(sources=(), confidence="A")
    names = (*TEXTS, "fee", "attachments")
    told = {name: value for name in names if (value := getattr(said, name)) is not None}
    numbers = dict(here.numbers)
    for id, days in said.terms.items():
        values = numbers.get(id) or catalogue.law.numbers[id].values
        numbers[id] = (*(one for one in values if one.start < since), Dated(since, days))
    new = [
        Window(id=id, opens=one.opens, closes=one.closes, sources=(), confidence="A")
        for id, one in said.windows.items()
    ]
    others = [one for one in here.windows if not any(_meets(one, own) for own in new)]
    own = replace(before, **told, confidence="A")
    return replace(here, procedures={**here.procedures, spec.id: own}, numbers=numbers, windows=(*others, *new))


def _until(values: Sequence[Dated], then: Sequence[Dated], since: date) -> tuple[Dated, ...]:
    """`values` as far as `since`, from where on `then` stands for them."""
    kept = tuple(one for one in values if one.start < since)
    is_same = kept and then and then[0].value == max(kept, key=_start).value
    return (*kept, *(then[1:] if is_same else then))


def _from(values: Sequence[Dated], since: date) -> tuple[Dated, ...]:
    """In order, what of `values` holds on `since`, and what begins later."""
    held = max((one for one in values if one.start <= since), key=_start, default=None)
    later = sorted((one for one in values if one.start > since), key=_start)
    return (*([replace(held, start=since)] if held else []), *later)


def _meets(one: Window, other: Window) -> bool:
    """Of one matter and one season: the newer stands for both."""
    near = timedelta(days=180)
    return one.id == other.id and abs(one.closes - other.closes) < near


def _texts(said: Amendment) -> list[Text]:
    papers = said.attachments or ()
    more = [text for one in papers for text in (one.name, one.needed, one.omitted)]
    found = [getattr(said, name) for name in TEXTS] + more + [said.fee.note if said.fee else None]
    return [text for text in found if text is not None]


def _start(one: Dated) -> date:
    return one.start
