"""What an intake is: a paper between the counter's stamp and the case it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from bff.identity.keys import WrappedKey

Reading = Literal["waiting", "done", "not_read"]


class Draft(msgspec.Struct, frozen=True):
    """What stands in the form until it is signed off, as it was typed: values by field id. `seen`: doubtful fields that
    a person has held against the picture. `window`: the page on which it was typed, to which its own changes are no
    news. `after_reading` False: it was begun before anything was read, so that what was read fills what was left."""

    typed: Mapping[str, tuple[str, ...]] = {}
    seen: tuple[str, ...] = ()
    window: str = ""
    after_reading: bool = False


@dataclass(frozen=True)
class Intake:
    """`number` is told on the phone; `version` grows with every change, so that none is lost to another window.

    `why` it was not read, when `reading` says so. `claimed_by`: whose hands it is in. `filed_at`: since when it is a
    case, `application`; what was read and typed is gone by then, `pages` stay until their time is over.
    """

    id: UUID
    number: str
    ward: str
    procedure: str
    form_version: str
    received_on: date
    pages: int
    reading: Reading
    why: str | None
    key_id: str
    data_key: bytes
    read: bytes | None
    draft: bytes | None
    version: int
    made_by: UUID
    made_by_name: str
    made_at: datetime
    touched_at: datetime
    claimed_by: UUID
    claimed_name: str
    filed_at: datetime | None
    application: UUID | None
    resident: UUID | None

    @property
    def wrapped(self) -> WrappedKey:
        return WrappedKey(self.key_id, self.data_key)
