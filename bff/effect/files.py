"""The board as files: CSV for a ward's own table, CSV and JSON as open data for everybody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bff.effect.board import FLOOR, Row
from bff.effect.days import Count
from bff.effect.formulas import Exact, nearest
from bff.effect.study import Line
from bff.effect.view import Board

HEAD = ("scope", "table_or_count", "hours_now", "hours_after", "hours_saved", "yen_now", "yen_after", "yen_saved")
OPEN_HEAD = ("month", "ward_code", "life_event", "what", "count")
BOM = "\ufeff"
"""Without it a spreadsheet in Japan takes the file for Shift_JIS."""


def board_csv(board: Board) -> str:
    """A ward's own: whole, then each life event; figures exact, rounded to the hour and the yen."""
    return _csv(HEAD, _lines(board))


def open_csv(counts: Sequence[Count]) -> str:
    """Counts in whole tens; a row below the floor is not there."""
    rows = ((f"{one.month:%Y-%m}", one.ward, one.procedure or "all", one.what, str(one.n)) for one in counts)
    return _csv(OPEN_HEAD, rows)


def open_json(board: Board, counts: Sequence[Count], lines: Sequence[Line], source: str) -> Mapping[str, Any]:
    return {
        "license": "CC BY 4.0",
        "period": {"since": board.since.isoformat(), "until": board.until.isoformat()},
        "floor": FLOOR,
        "note": "Counts are cut to whole tens by ward, life event and month; below ten they are left out. Hours and yen"
        " are computed from these counts by the formulas of the study named in `study`.",
        "tables": [_table(row) for row in board.rows],
        "counts": [
            {"month": f"{one.month:%Y-%m}", "ward": one.ward, "event": one.procedure, "what": one.what, "n": one.n}
            for one in counts
        ],
        "study": {
            "source": source,
            "figures": [
                {"key": one.key, "table": one.table, "unit": one.unit, "computed": one.shown, "printed": one.printed}
                for one in lines
            ],
        },
    }


def _lines(board: Board) -> Iterator[tuple[str, ...]]:
    for what, n in sorted(board.counts.items()):
        yield ("all", what, "", "", str(n), "", "", "")
    for row in board.rows:
        yield ("all", row.table, *_numbers(row))
    for event in board.events:
        for what, n in sorted(event.counts.items()):
            yield (event.id, what, "", "", str(n), "", "", "")
        for row in event.rows:
            yield (event.id, row.table, *_numbers(row))


def _numbers(row: Row) -> tuple[str, ...]:
    hours = row.hours
    of_hours: tuple[Exact, ...] = (hours.now, hours.after, hours.saved) if hours else ()
    told = [str(nearest(one)) for one in of_hours] or ["", "", ""]
    return (*told, *(str(nearest(one)) for one in (row.yen.now, row.yen.after, row.yen.saved)))


def _table(row: Row) -> Mapping[str, Any]:
    hours = row.hours.rounded_to(1) if row.hours else None
    yen = row.yen.rounded_to(1)
    return {
        "table": row.table,
        "from_counts": row.counted,
        "hours": hours and {"now": hours.now, "after": hours.after, "saved": hours.saved},
        "yen": {"now": yen.now, "after": yen.after, "saved": yen.saved},
    }


def _csv(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return BOM + text.getvalue()
