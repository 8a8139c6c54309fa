"""What the intake of paper needs of the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.paper.tesseract import Reader
from bff.uploads.scanner import Scan
from life_events import Catalogue


class House(Protocol):
    """`reader` None: no Tesseract here; `scan` None: no ClamAV; `person_secret`: under which people are known again;
    `wards`: code and name."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def pairwise(self) -> Pairwise: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def reader(self) -> Reader | None: ...
    @property
    def scan(self) -> Scan | None: ...
    @property
    def person_secret(self) -> bytes: ...
    @property
    def wards(self) -> Sequence[tuple[str, str]]: ...
    def today(self) -> date: ...
