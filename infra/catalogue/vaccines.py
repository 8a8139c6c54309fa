"""The published shape of a vaccine: from when to when, how many doses, how far apart."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from infra.catalogue.shapes import Published, Trusted, Words
from life_events import Catalogue
from life_events.vaccines import Vaccine as VaccineData


class Age(Published, frozen=True, kw_only=True):
    """Exactly one is given."""

    days: Annotated[int | None, Meta(description="Days of life, the birth being day 0.")] = None
    months: int | None = None
    years: int | None = None
    school_year: Annotated[
        int | None, Meta(description="1 April that many years after elementary school begins; -1: the year before it.")
    ] = None
    pregnancy_days: Annotated[int | None, Meta(description="Days of pregnancy; 280 on the due date.")] = None


class Gap(Published, frozen=True, kw_only=True):
    after: Annotated[int, Meta(description="The dose it counts from.")]
    days_between: Annotated[
        int | None, Meta(description="Whole days between (N日以上の間隔): 27 means the 28th day after.")
    ] = None
    months: int | None = None


class Dose(Published, frozen=True, kw_only=True):
    standard: Age
    first: Age | None = None
    before: Age | None = None
    advised_by: Annotated[Age | None, Meta(description="The last day doctors advise, inclusive.")] = None
    falls_away_from: Annotated[
        Age | None, Meta(description="Not given when the dose before it was given at that age or later.")
    ] = None
    gaps: tuple[Gap, ...] = ()


class Course(Published, frozen=True, kw_only=True):
    """The doses of somebody who begins from one age on and before the other."""

    begun_from: Age | None = None
    begun_before: Age | None = None
    doses: tuple[Dose, ...]


class Vaccine(Published, frozen=True, kw_only=True):
    """Reminders only; the doctor decides. Rules change each April and October."""

    identifier: str
    name: Words
    target: Annotated[str, Meta(description="child, girl or pregnant")]
    routine: Annotated[bool, Meta(description="Whether it is free at these ages (定期接種).")]
    live: Annotated[bool, Meta(description="Injected live vaccine; see the number live_vaccine_gap.")]
    since: date
    first: Age
    last: Annotated[Age | None, Meta(description="Inclusive.")] = None
    before: Annotated[Age | None, Meta(description="Not inclusive.")] = None
    instead_of: Annotated[str | None, Meta(description="Another product for the same disease.")] = None
    courses: tuple[Course, ...]
    trust: Trusted


def vaccines(catalogue: Catalogue) -> tuple[Vaccine, ...]:
    return tuple(_vaccine(one) for one in catalogue.law.vaccines)


def _vaccine(one: VaccineData) -> Vaccine:
    return Vaccine(
        identifier=one.id,
        name=Words(ja=one.name.ja, easy=one.name.easy, en=one.name.en),
        target=one.target,
        routine=one.routine,
        live=one.live,
        since=one.start,
        first=msgspec.convert(one.first, Age, from_attributes=True),
        last=None if one.last is None else msgspec.convert(one.last, Age, from_attributes=True),
        before=None if one.before is None else msgspec.convert(one.before, Age, from_attributes=True),
        instead_of=one.instead_of,
        courses=msgspec.convert(one.courses, tuple[Course, ...], from_attributes=True),
        trust=Trusted(level=one.confidence, sources=one.sources, note=one.note),
    )
