"""Charts as SVG, made here: no script, no style of its own, every number written out; a table stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

WIDTH: Final = 640
LABEL: Final = 150
VALUE: Final = 130
BAR: Final = 22
GAP: Final = 6
GROUP: Final = 20
TALL: Final = 220


@dataclass(frozen=True)
class Bar:
    """`told`: the value in words, as the table has it; `kind` is a class of the stylesheet (now, after, count)."""

    label: str
    value: float
    told: str
    kind: str


def bars(id: str, title: str, desc: str, groups: Sequence[Sequence[Bar]]) -> Markup:
    """Bars from left to right, in groups; each has its label and its value in letters."""
    most = max((bar.value for group in groups for bar in group), default=0) or 1
    rows, y = Markup(), 0
    for group in groups:
        for bar in group:
            rows += _row(bar, y, most)
            y += BAR + GAP
        y += GROUP
    return _svg(id, title, desc, max(y - GROUP, BAR), rows)


def columns(id: str, title: str, desc: str, told: Sequence[Bar]) -> Markup:
    """One column a month, its label below and its value above."""
    most = max((bar.value for bar in told), default=0) or 1
    step = WIDTH / max(len(told), 1)
    made = Markup()
    for at, bar in enumerate(told):
        high = (TALL - 60) * max(bar.value, 0) / most
        middle = step * (at + 0.5)
        made += Markup(
            '<rect class="bar {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
            '<text class="told" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
            '<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>'
        ).format(
            bar.kind, middle - step * 0.3, TALL - 30 - high, step * 0.6, high,
            middle, TALL - 36 - high, bar.told, middle, TALL - 8, bar.label,
        )  # fmt: skip
    return _svg(id, title, desc, TALL, made)


def _row(bar: Bar, y: int, most: float) -> Markup:
    room = WIDTH - LABEL - VALUE
    long = max(room * max(bar.value, 0) / most, 1)
    return Markup(
        '<text x="0" y="{}">{}</text><rect class="bar {}" x="{}" y="{}" width="{:.1f}" height="{}"/>'
        '<text class="told" x="{:.1f}" y="{}">{}</text>'
    ).format(y + 16, bar.label, bar.kind, LABEL, y, long, BAR, LABEL + long + 8, y + 16, bar.told)


def _svg(id: str, title: str, desc: str, tall: int, inside: Markup) -> Markup:
    return Markup(
        '<svg class="chart" role="img" viewBox="0 0 {} {}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>'
    ).format(WIDTH, tall, id, id, id, title, id, desc, inside)
