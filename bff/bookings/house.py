"""What this room needs of the house: as the family room does, since a booking may be for a child."""

from __future__ import annotations

from typing import Protocol

from bff.family.house import House as FamilyHouse


class House(FamilyHouse, Protocol):
    """`origin` stands in the square that is shown on arrival."""

    @property
    def origin(self) -> str: ...
