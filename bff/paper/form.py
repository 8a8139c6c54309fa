"""The form a paper is read into: the procedure's own, for nobody in particular, and who applies if it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec.structs import replace

from bff.paper.words import say
from life_events import Catalogue, Field, FieldKind, Form, Section, blank_form

NAME, BORN, ADDRESS = "me.fullName", "me.dateOfBirth", "household.fullAddress"
"""The terms under which the one who applies stands in the procedures' own forms."""
_KINDS: Final = {NAME: FieldKind.TEXT, BORN: FieldKind.DATE, ADDRESS: FieldKind.TEXT}
_IDS: Final = {NAME: "paper_name", BORN: "paper_birth_date", ADDRESS: "paper_address"}
_LONGEST: Final = 150


def paper_form(catalogue: Catalogue, procedure: str, ward: str, received: date) -> Form:
    """Days are judged as on the day it was received; raises `NoForm`."""
    form = blank_form(catalogue, procedure, ward, received)
    there = {field.term for field in form.fields.values()}
    missing = tuple(_head(term) for term in _KINDS if term not in there)
    if not missing:
        return form
    return replace(form, sections=(Section("paper", say("applicant"), missing), *form.sections))


def applicant_fields(form: Form) -> Mapping[str, Field]:
    """By term: where name, birth date and address of the one who applies stand."""
    found: dict[str, Field] = {}
    for field in form.fields.values():
        if field.term in _KINDS:
            found.setdefault(field.term, field)
    return found


def without_head(form: Form) -> Form:
    """The procedure's own part."""
    return replace(form, sections=tuple(one for one in form.sections if one.id != "paper"))


def _head(term: str) -> Field:
    kind = _KINDS[term]
    longest = None if kind is FieldKind.DATE else _LONGEST
    return Field(
        id=_IDS[term], label=say(_IDS[term]), help=None, kind=kind, required=True, max_length=longest, term=term
    )
