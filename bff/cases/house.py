"""What the desk needs of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bff.connectors.street import Street
from bff.db import Database
from bff.facts.subjects import Subjects
from bff.identity.keys import KeyRing
from life_events import Catalogue


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def street(self) -> Street: ...
    @property
    def subjects(self) -> Subjects: ...
    def today(self) -> date: ...
