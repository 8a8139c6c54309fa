"""What the house of ten lines has besides: a catalogue that wards may amend, keys that are not there, no scanner."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bff.administration.keys_here import KeysHere
from bff.administration.shelf import Shelf

if TYPE_CHECKING:
    from tests.staff.desk import TenLineHouse

NOT_THERE = {"EXCHANGE_CERTIFICATE": Path("no/such.pem")}


class Administered:
    reader: None = None
    scan: None = None
    keys_here = KeysHere(["1"], ["1"], {}, NOT_THERE, Path("no/such/folder"))

    @cached_property
    def shelf(self: TenLineHouse) -> Shelf:
        return Shelf(self.catalogue, self.db, self.clock)
