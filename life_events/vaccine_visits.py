"""Which doses a child has had, as far as anybody told, and the visit that comes next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from life_events.dates import full_days_between, month_birthday
from life_events.vaccines import Outlook, Planned, Vaccine, outlook, planned

SAME_VISIT = timedelta(days=14)
"""Doses that lie no further apart are given on one day, the later one."""
Given = Mapping[str, tuple[date, ...]]
"""Days of the doses by the id of the vaccine, oldest first."""


class Visit(Struct, frozen=True, kw_only=True):
    """Doses that are usually given together on the day `on`; after `last` one of them is no longer possible.

    `series`: what becomes of the later doses of each.
    """

    on: date
    last: date
    doses: tuple[Planned, ...]
    series: tuple[Outlook, ...]

    @property
    def by(self) -> date:
        """The last day after which this or a later dose is lost."""
        return min([self.last, *(one.by for one in self.series)])


def of_children(vaccines: Iterable[Vaccine], today: date, given: Given | None = None) -> tuple[Vaccine, ...]:
    """The free vaccines of every child as they are in force, one product a disease: the one begun with.

    Where doses of two products for one disease are `given`, neither is told: the doctor decides how it goes on.
    """
    free = [one for one in vaccines if one.target == "child" and one.routine and one.start <= today]
    begun = {one.id for one in free if (given or {}).get(one.id)}
    replaced = {one.instead_of for one in free if one.id in begun and one.instead_of}
    return tuple(one for one in free if _product(one, begun, replaced))


def _product(one: Vaccine, begun: set[str], replaced: set[str]) -> bool:
    if one.instead_of is None:
        return one.id not in replaced
    return one.id in begun and one.instead_of not in begun


def as_usual(vaccines: Iterable[Vaccine], birth: date, until: date, last_visit: date | None = None) -> Given:
    """The doses of a child that had each one at the standard age up to the day `until`.

    `last_visit`: when those of the newest day were really given, if that was later.
    """
    usual = {vaccine.id: [dose.standard for dose in planned(vaccine, birth, (), birth)] for vaccine in vaccines}
    had = {id: [day for day in days if day <= until] for id, days in usual.items()}
    newest = max((day for days in had.values() for day in days), default=None)
    if newest is not None and last_visit is not None and last_visit > newest:
        had = {id: [last_visit if day == newest else day for day in days] for id, days in had.items()}
    return {id: tuple(days) for id, days in had.items()}


def until_months(birth: date, months: int) -> date:
    """The day up to which doses count that are usual at that age; the second of two at one age lies some days later."""
    return month_birthday(birth, months) + timedelta(days=13)


def next_visit(vaccines: Sequence[Vaccine], birth: date, given: Given, today: date, live_gap: int) -> Visit | None:
    """The doses that come next, together; None: there is nothing to come. `live_gap`: whole days between live ones."""
    lives = [day for one in vaccines if one.live for day in given.get(one.id, ())]
    free_from = full_days_between(max(lives), live_gap) if lives else date.min
    coming = [
        _apart(doses[0], free_from) for one in vaccines if (doses := planned(one, birth, given.get(one.id, ()), today))
    ]
    coming = [dose for dose in coming if dose.earliest <= dose.last]
    if not coming:
        return None
    first = min(dose.standard for dose in coming)
    together = [dose for dose in coming if dose.standard <= first + SAME_VISIT]
    on, last = max(dose.standard for dose in together), min(dose.last for dose in together)
    if on > last:
        together = [dose for dose in coming if dose.standard == first]
        on, last = first, min(dose.last for dose in together)
    seen = (
        outlook(
            dose.vaccine, birth, given.get(dose.vaccine.id, ()), max(today, free_from if dose.vaccine.live else today)
        )
        for dose in together
    )
    return Visit(on=on, last=last, doses=tuple(together), series=tuple(one for one in seen if one))


def closing(vaccines: Iterable[Vaccine], birth: date, today: date, within: timedelta) -> tuple[Vaccine, ...]:
    """Vaccines whose window closes soon, for a child of whom nobody told anything."""
    return tuple(one for one in vaccines if one.window(birth)[1] <= today + within and _begun_late(one, birth, today))


def beginning(vaccines: Iterable[Vaccine], birth: date, today: date, within: timedelta) -> tuple[Outlook, ...]:
    """The series whose last day to begin with every dose in time is near, for such a child."""
    seen = (outlook(one, birth, (), today) for one in vaccines if _begun_late(one, birth, today))
    return tuple(
        one
        for one in seen
        if one and not one.lost and one.by <= today + within and one.by < one.vaccine.window(birth)[1]
    )


def _apart(dose: Planned, free_from: date) -> Planned:
    if not dose.vaccine.live:
        return dose
    return replace(dose, earliest=max(dose.earliest, free_from), standard=max(dose.standard, free_from))


def _begun_late(vaccine: Vaccine, birth: date, today: date) -> bool:
    """It may be begun up to the end of its window, which is not over; rota may not."""
    early = any(dose.advised_by for course in vaccine.courses for dose in course.doses)
    return not early and today <= vaccine.window(birth)[1]
