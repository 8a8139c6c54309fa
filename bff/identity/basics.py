"""The 基本4情報 as a card or a ward's desk told them, and what changed when they were told again."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

import msgspec

Item = Literal["name", "address", "birth_date", "gender"]
ITEMS: Final[tuple[Item, ...]] = ("name", "address", "birth_date", "gender")


class Basics(msgspec.Struct, frozen=True):
    """Empty where she declined to give them. `birth_told`: a birth date that is not whole (a year alone), as it was
    written; `birth_date` is None then. `times`: when each item was last told, by its name."""

    name: str = ""
    address: str = ""
    birth_date: date | None = None
    gender: str | None = None
    birth_told: str = ""
    times: Mapping[str, datetime] = {}

    @property
    def given(self) -> bool:
        return bool(self.name or self.address or self.birth_date or self.birth_told)

    def shown(self, item: Item) -> str:
        """As she reads it; '' when it was never told."""
        if item == "birth_date":
            return self.birth_date.isoformat() if self.birth_date else self.birth_told
        return getattr(self, item) or ""

    def over(self, before: Basics, now: datetime) -> Basics:
        """What is told `now` in place of what was told before; what she declines today stays as it was."""
        told = {item: self if self.shown(item) else before for item in ITEMS}
        return Basics(
            name=told["name"].name,
            address=told["address"].address,
            birth_date=told["birth_date"].birth_date,
            gender=told["gender"].gender,
            birth_told=told["birth_date"].birth_told,
            times={**before.times, **{item: now for item, whose in told.items() if whose is self}},
        )

    def changed_from(self, before: Basics) -> tuple[Item, ...]:
        """Items that were told before and are otherwise now. Another width or spacing of the same characters is no
        change; a variant character (外字, 代替文字) may be one, and is shown."""
        return tuple(
            item
            for item in ITEMS
            if before.shown(item) and self.shown(item) and _plain(before, item) != _plain(self, item)
        )


def _plain(basics: Basics, item: Item) -> str:
    return "".join(unicodedata.normalize("NFKC", basics.shown(item)).split())
