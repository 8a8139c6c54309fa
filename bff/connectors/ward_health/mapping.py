"""From the health centre's answer to a `HealthCentre`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

import httpx
import msgspec

from bff.connectors.answers import clean
from bff.connectors.bounds import AtMost100, Line, PersonId
from bff.exchange.silence import Silent, Why
from life_events.facts import Vaccination

CheckId = Literal[
    "check_1_month",
    "check_3_months",
    "check_6_months",
    "check_9_months",
    "check_18_months",
    "check_3_years",
    "check_5_years",
    "specific_check",
    "elderly_check",
    "cancer_stomach",
    "cancer_lung",
    "cancer_colon",
    "cancer_breast",
    "cancer_cervix",
    "dental",
]
VaccineId = Literal[
    "bcg",
    "dpt5",
    "dt2",
    "hepb",
    "hpv",
    "influenza",
    "je1",
    "je2",
    "mr1",
    "mr2",
    "mumps",
    "pcv",
    "rota1",
    "rota5",
    "rsv_maternal",
    "varicella",
]
VACCINES = frozenset(get_args(VaccineId))
"""Every vaccine of the study (`life_events/data/vaccines`)."""


class Check(msgspec.Struct, frozen=True):
    """Done on a day, or due within a window, or both when it comes again; what was found is never asked for."""

    person: PersonId
    name: Line
    check: CheckId
    done_on: date | None
    next_from: date | None
    next_until: date | None
    ticket_sent_on: date | None


class HealthCentre(msgspec.Struct, frozen=True):
    """`vaccinations`: 予防接種台帳, one line a dose, with the study's names of vaccines."""

    checks: Annotated[tuple[Check, ...], AtMost100]
    vaccinations: Annotated[tuple[Vaccination, ...], msgspec.Meta(max_length=500)]


class _Dose(msgspec.Struct, frozen=True):
    person: PersonId
    vaccine: VaccineId
    on: date


class _Records(msgspec.Struct, frozen=True):
    checks: Annotated[tuple[Check, ...], AtMost100]
    vaccinations: Annotated[tuple[_Dose, ...], msgspec.Meta(max_length=500)]


def health(answer: httpx.Response, source: str) -> HealthCentre:
    """A dose stands in the register once; a check that is neither done nor due says nothing and is a wrong answer."""
    wire = clean(answer, _Records, source)
    doses = {(dose.person, dose.vaccine, dose.on) for dose in wire.vaccinations}
    if len(doses) < len(wire.vaccinations) or not all(map(_fits, wire.checks)):
        raise Silent(source, Why.WRONG_ANSWER)
    given = (Vaccination(person=dose.person, vaccine=dose.vaccine, on=dose.on) for dose in wire.vaccinations)
    return HealthCentre(checks=wire.checks, vaccinations=tuple(given))


def _fits(check: Check) -> bool:
    if (check.next_from is None) is not (check.next_until is None):
        return False
    if check.next_from is not None and check.next_until is not None:
        return check.next_from <= check.next_until
    return check.done_on is not None
