"""A ward's own list as a CSV or Excel file, read as class lists are: receipt numbers, and each row that has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bff.school import roster_file
from bff.school.roster_file import Sheet
from bff.staff.words import word
from life_events import contains_individual_number

HEADING: Final = "受付番号"
LOOKS_FOR: Final = 20


@dataclass(frozen=True)
class ListRead:
    """`faults`: (row as the file counts, what is wrong). `notes`: what is worth knowing and stops nothing."""

    numbers: tuple[str, ...]
    faults: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


def read(body: bytes, numbers_in: Callable[[str], Sequence[str]]) -> ListRead:
    """Raises `roster_file.FileRefused`. Nothing but the numbers goes on from here."""
    sheet = roster_file.read(body)
    begin, column = _heading(sheet)
    numbers: dict[str, None] = {}
    faults: list[tuple[int, str]] = []
    for line, cells in sheet.rows[begin:]:
        said = cells if column is None else cells[column : column + 1]
        found = numbers_in(" ".join(said))
        numbers |= dict.fromkeys(found)
        if any(contains_individual_number(cell) for cell in cells):
            faults.append((line, word("list_file", "individual_number")))
        elif not found:
            faults.append((line, word("list_file", "no_number")))
    return ListRead(tuple(numbers), tuple(faults), _notes(sheet))


def _heading(sheet: Sheet) -> tuple[int, int | None]:
    """Where the rows begin and in which column the numbers stand; None: in any."""
    for place, (_, cells) in enumerate(sheet.rows[:LOOKS_FOR]):
        if HEADING in cells:
            return place + 1, cells.index(HEADING)
    return 0, None


def _notes(sheet: Sheet) -> tuple[str, ...]:
    told = (("hidden", sheet.hidden), ("merged", sheet.merged), ("others", sheet.others))
    return tuple(word("list_file", key, which="、".join(which[:10])) for key, which in told if which)
