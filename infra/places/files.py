"""The rows as files, each the way some ward saves them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from infra.places.made_up import City, Row, Ward, wards

ENCODINGS = ("utf-8-sig", "cp932", "utf-16", "utf-8")
PER_WARD = {"childcare": 16, "school": 9, "clinic": 16, "care": 10, "shelter": 8}


def write(folder: Path, factor: int = 1) -> list[Path]:
    """All of them; `factor` times as many facilities as in the demo."""
    folder.mkdir(parents=True, exist_ok=True)
    return [path for number, ward in enumerate(wards()) for path in _ward(folder, ward, number, factor)]


def _ward(folder: Path, ward: Ward, number: int, factor: int) -> Iterator[Path]:
    city = City(ward)
    for dataset, rows in of_ward(city, factor):
        path = folder / f"{ward.code}_{dataset}.csv"
        path.write_bytes(as_csv(list(rows)).encode(ENCODINGS[number % len(ENCODINGS)], "replace"))
        yield path


def of_ward(city: City, factor: int = 1) -> Iterable[tuple[str, Iterable[Row]]]:
    """By our name of the dataset."""
    many = {name: count * factor for name, count in PER_WARD.items()}
    return (
        ("public_facility", city.counters()),
        ("childcare", city.nurseries(many["childcare"])),
        ("school", city.schools(many["school"])),
        ("clinic", city.clinics(many["clinic"])),
        ("care", city.care(many["care"])),
        ("shelter", city.shelters(many["shelter"])),
    )


def as_csv(rows: Sequence[Row]) -> str:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    told = io.StringIO()
    writer = csv.DictWriter(told, heads, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue()
