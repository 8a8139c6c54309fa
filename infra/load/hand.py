"""A person's hand on a phone: it taps and types at a fixed human speed, and counts what it does.

On a phone people type about 36 words a minute, that is three letters a second (Palin et al., MobileHCI 2019, 37,000
people); to find and touch the next thing takes them about a second (Card, Moran and Newell's keystroke-level model).
A day chosen in a calendar is counted as three taps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

TYPED_A_SECOND: Final = 3.0
TAP_S: Final = 1.0
TAPS_A_DAY: Final = 3


@dataclass
class Hand:
    """`page`: of Playwright. `is_human`: at that speed; else as fast as it goes, for a test."""

    page: Any
    is_human: bool = True
    taps: int = 0
    typed: int = 0

    def tap(self, place: Any) -> None:
        self._takes(TAP_S)
        self.taps += 1
        place.click()

    def types(self, place: Any, text: str) -> None:
        """Touches the field and writes it letter by letter; what stood there is gone."""
        self.tap(place)
        place.fill("")
        self.typed += len(text)
        place.press_sequentially(text, delay=1000 / TYPED_A_SECOND if self.is_human else 0)

    def chooses_day(self, place: Any, day: date) -> None:
        self._takes(TAP_S * TAPS_A_DAY)
        self.taps += TAPS_A_DAY
        place.fill(day.isoformat())

    def _takes(self, seconds: float) -> None:
        if self.is_human:
            self.page.wait_for_timeout(seconds * 1000)


def answers(hand: Hand, told: Mapping[str, str | int | date]) -> int:
    """Every question that stands on the page, by the field's name: a text, a day, or which of the choices (from 0; the
    first unless said). How many there were; raises KeyError for a text that is not told."""
    shown = hand.page.locator(".asked:visible")
    seen = 0
    while seen < shown.count():
        one = shown.nth(seen)
        _answer(hand, one, told, one.get_attribute("data-testid").removeprefix("asked-"))
        seen += 1
    return seen


def _answer(hand: Hand, one: Any, told: Mapping[str, str | int | date], name: str) -> None:
    options, day = one.locator("label.option"), one.locator('input[type="date"]')
    wanted = told.get(name)
    if options.count():
        hand.tap(options.nth(wanted if isinstance(wanted, int) else 0))
    elif day.count():
        hand.chooses_day(day, wanted if isinstance(wanted, date) else _allowed(day))
    elif one.locator("select").count():
        for place in one.locator("select").all():
            hand.tap(place)
            place.select_option(index=1)
    else:
        hand.types(one.locator("input, textarea"), str(told[name]))


def _allowed(place: Any) -> date:
    """The last day that may be chosen, or else today."""
    last = place.get_attribute("max")
    return min(date.fromisoformat(last), date.today()) if last else date.today()  # noqa: DTZ011
