"""One row of a ward's file: a facility, and what was wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from bff.facilities import cells
from bff.facilities.cells import LONGEST, Unreadable
from bff.facilities.columns import Dataset, kind_of_poi
from bff.facilities.facility import BARRIER_FREE, DISASTERS, Facility, Flaw, Kind
from bff.facilities.places import Place
from bff.facilities.words import word
from life_events import contains_individual_number

T = TypeVar("T")
_YEARS: Final = 6
_CODE: Final = 6
_SHOWN: Final = 30
NONE: tuple[str, ...] = ()
NO_AGES: tuple[int | None, int | None] = (None, None)


@dataclass
class Row:
    """The cells of one line by our names, and the flaws found on the way."""

    line: int
    cells: Sequence[str]
    at: Mapping[str, int]
    dataset: Dataset
    flaws: list[Flaw] = field(default_factory=list)

    def raw(self, name: str) -> str:
        place = self.at.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def text(self, name: str) -> str:
        found = self.read(name, cells.plain, "")
        if len(found) > LONGEST:
            self.warn(name, "long")
        return found[:LONGEST]

    def read(self, name: str, how: Callable[[str], T], unknown: T) -> T:
        told = self.raw(name)
        if not told or told.isspace():
            return unknown
        try:
            return how(told)
        except Unreadable as wrong:
            self.warn(name, str(wrong), cell=" ".join(told.split())[:_SHOWN])
            return unknown

    def warn(self, name: str, why: str, **values: str) -> None:
        self.flaws.append(Flaw(self.line, self._column(name), word("flaw", why, **values), is_bad=False))

    def bad(self, name: str, why: str, **values: str) -> None:
        self.flaws.append(Flaw(self.line, self._column(name), word("flaw", why, **values), is_bad=True))

    def _column(self, name: str) -> str:
        return self.dataset.columns.get(name, (name,))[0]


@dataclass(frozen=True)
class Judge:
    """Of one file. `ward` is the code, `ward_name` as people call it."""

    dataset: Dataset
    at: Mapping[str, int]
    ward: str
    ward_name: str
    place: Place
    _seen: dict[str, int] = field(default_factory=dict)

    def judged(self, line: int, told: Sequence[str]) -> tuple[Facility | None, Sequence[Flaw]]:
        """None: the row is left out, and one of the flaws says why."""
        row = Row(line, told, self.at, self.dataset)
        name, address = row.text("name"), _address(row)
        self._refuse(row, name)
        known = self._id(row, name, address)
        if (first := self._seen.setdefault(known, line)) != line:
            row.bad("id" if row.raw("id").strip() else "name", "twice", row=str(first))
        if any(flaw.is_bad for flaw in row.flaws):
            return None, row.flaws
        return self._facility(row, known, name, address), row.flaws

    def _refuse(self, row: Row, name: str) -> None:
        if not name:
            row.bad("name", "name")
        code = row.read("ward", cells.narrow, "")
        if code.isdigit() and len(code) >= _CODE - 1 and code[: _CODE - 1] != self.ward[: _CODE - 1]:
            row.bad("ward", "other_ward", code=code)
        told = {column: row.raw(column) for column in ("name", "note", "operator", "address")}
        if contains_individual_number("\n".join(told.values())):
            row.bad(next((one for one in told if contains_individual_number(told[one])), "name"), "number12")

    def _id(self, row: Row, name: str, address: str) -> str:
        """The same through all versions as long as the ward keeps its id, or else name and address."""
        own = row.read("id", cells.narrow, "")
        told = f"{self.ward}|{self.dataset.id}|{own or f'{name}|{address}'}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def _facility(self, row: Row, known: str, name: str, address: str) -> Facility:
        lat, lon = self._where(row)
        first, last = row.read("ages", cells.ages, NO_AGES)
        return Facility(
            id=known,
            kind=_kind(row),
            name=name,
            sort=row.text("sort"),
            kana=row.text("kana"),
            english=row.text("english"),
            address=address,
            lat=lat,
            lon=lon,
            age_from=first,
            age_to=last,
            operator=row.text("operator"),
            note=row.text("note"),
            **_hours(row),
            **_contact(row),
            **_more(row),
        )

    def _where(self, row: Row) -> tuple[float | None, float | None]:
        lat, lon = row.read("lat", cells.degrees, None), row.read("lon", cells.degrees, None)
        if lat is None or lon is None:
            if (lat is None) != (lon is None):
                row.warn("lat", "half")
            return None, None
        if self.place.holds(lat, lon):
            return round(lat, 6), round(lon, 6)
        if self.place.holds(lon, lat):
            row.warn("lat", "swapped")
            return round(lon, 6), round(lat, 6)
        row.warn("lat", "outside", ward=self.ward_name, lat=f"{lat:g}", lon=f"{lon:g}")
        return None, None


def _address(row: Row) -> str:
    address, building = row.text("address"), row.text("building")
    return f"{address} {building}".strip() if building not in address else address


def _kind(row: Row) -> Kind:
    return kind_of_poi(row.read("poi", cells.narrow, "")) or row.dataset.kind


def _hours(row: Row) -> dict[str, Any]:
    """A row whose closing hour lies before its opening hour keeps both: some are open past midnight."""
    return {
        "days": row.read("days", cells.days, 0),
        "opens": row.read("opens", cells.hour, ""),
        "closes": row.read("closes", cells.hour, ""),
        "hours_note": row.text("hours_note"),
    }


def _contact(row: Row) -> dict[str, Any]:
    return {
        "phone": row.read("phone", cells.phone, ""),
        "url": row.read("url", cells.address_of_page, ""),
        "booking": row.read("booking", cells.address_of_page, ""),
    }


def _more(row: Row) -> dict[str, Any]:
    free = tuple(row.read(f"vacancy_{year}", cells.number, None) for year in range(_YEARS))
    return {
        "capacity": row.read("capacity", cells.number, None),
        "vacancies": free if any(one is not None for one in free) else (),
        "services": row.read("services", cells.several, NONE),
        "disasters": tuple(one for one in DISASTERS if row.read(one, cells.flag, False)),
        "languages": row.read("languages", cells.languages, NONE),
        "barrier_free": tuple(one for one in BARRIER_FREE if row.read(one, cells.flag, False)),
    }
