"""What this room needs of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bff.administration.shelf import Shelf
from bff.db import Database
from bff.identity.keys import KeyRing
from bff.signing.room import SigningRoom
from life_events import Catalogue
from notifications.post.live import Live


class House(Protocol):
    """The database, the keys, the catalogue; clock, ids and chance are given."""

    @property
    def db(self) -> Database: ...
    @property
    def keys(self) -> KeyRing: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def new_token(self) -> Callable[[], str]: ...
    @property
    def live(self) -> Live: ...
    @property
    def person_secret(self) -> bytes: ...
    @property
    def signing(self) -> SigningRoom: ...
    def today(self) -> date: ...
