"""Which charts the board has, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bff.effect.board import Row
from bff.effect.chart import Bar, bars, columns
from bff.effect.words import Told, said


def by_table(id: str, rows: Sequence[Row], language: str) -> Markup:
    """Hours as they would be and as they are, for every table that counts hours."""
    told = Told(language)
    groups = []
    for row in rows:
        if row.hours is not None:
            name = said(f"table_{row.table}", language)
            label = f"{name} {said('now', language)}"
            now = Bar(label, float(row.hours.now), told.hours(row.hours.now), "now")
            after = Bar(said("after", language), float(row.hours.after), told.hours(row.hours.after), "after")
            groups.append((now, after))
    return bars(id, said("chart_hours", language), said("chart_hours_desc", language), groups)


def by_month(id: str, monthly: Sequence[tuple[date, int]], language: str) -> Markup:
    told = [Bar(Told(language).month(month), n, f"{n:,}", "count") for month, n in monthly]
    return columns(id, said("chart_months", language), said("chart_months_desc", language), told)
