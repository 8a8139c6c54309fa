"""That the ripples of a move fit the rest of the catalogue."""

from collections.abc import Iterator

from life_events.catalogue import Catalogue
from life_events.concerns import ANSWER, CERTAIN, CONCERNS
from life_events.ripple import ELSEWHERE, ChangeSpec, Ripple
from life_events.wording import braces

SAID = frozenset({"leaving", "to", "planned"})
"""What a reason may name."""


def ripple_faults(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """File and fault."""
    codes = [ripple.code for ripple in catalogue.ripples]
    if missing := set(ELSEWHERE) - set(catalogue.moving.places):
        yield "words/difference.toml", f"places: nothing for {sorted(missing)}"
    if unknown := set(catalogue.moving.falls_away) - set(catalogue.moving.papers):
        yield "words/difference.toml", f"falls_away: no such paper {sorted(unknown)}"
    for ripple in catalogue.ripples:
        if codes.count(ripple.code) > 1:
            yield f"{ripple.id}.toml", f"code: {ripple.code} is given twice"
        for fault in _of_ripple(catalogue, ripple):
            yield f"{ripple.id}.toml", fault


def _of_ripple(catalogue: Catalogue, ripple: Ripple) -> Iterator[str]:
    names = [*ripple.who.facts, *(name for change in ripple.changes for name in change.facts)]
    for name in names:
        if name not in CONCERNS and not name.startswith(ANSWER):
            yield f"facts: no such fact {name}"
        if name.startswith(ANSWER) and name.removeprefix(ANSWER) not in catalogue.questions:
            yield f"facts: nobody is asked {name.removeprefix(ANSWER)}"
        if name not in CERTAIN and ripple.only_if is None:
            yield f"only_if: nothing to say when nobody can tell {name}"
    age = ripple.who.fiscal_year_of
    if isinstance(age, str) and age not in catalogue.law.numbers:
        yield f"fiscal_year_of: no such number {age}"
    for index, change in enumerate(ripple.changes):
        yield from (f"changes[{index}].{fault}" for fault in _of_change(catalogue, change))


def _of_change(catalogue: Catalogue, change: ChangeSpec) -> Iterator[str]:
    if change.procedure is not None and change.procedure not in catalogue.procedures:
        yield f"procedure: no file for {change.procedure}"
    if change.attachments and change.procedure is None:
        yield "attachments: of no procedure"
    for term in (change.term, change.opens):
        if term is not None and term not in catalogue.law.numbers:
            yield f"term: no such number {term}"
    if unknown := set(change.take) - set(catalogue.moving.papers):
        yield f"take: no such paper {sorted(unknown)}"
    if unknown := set(change.falls_away) - set(catalogue.moving.falls_away):
        yield f"falls_away: no reason for {sorted(unknown)}"
    if (change.office is None) == (change.at == "elsewhere"):
        yield "office: only and always for another office"
    for names in braces(change.because):
        if names - SAID:
            yield f"because: cannot say {sorted(names - SAID)}"
