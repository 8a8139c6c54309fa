"""From the shared service's answer to a `SharedApplication`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
State = Literal["sent", "in_progress", "done", "rejected", "sent_back", "withdrawn"]
Word = Literal["送信済", "処理中", "処理完了", "申請却下", "差し戻し", "取下げ"]
STATES: Final[dict[Word, State]] = {
    "送信済": "sent",
    "処理中": "in_progress",
    "処理完了": "done",
    "申請却下": "rejected",
    "差し戻し": "sent_back",
    "取下げ": "withdrawn",
}
"""The words that a municipal vendor's service shows to applicants (source S127, A)."""


class SharedApplication(msgspec.Struct, frozen=True):
    """`office`: whom it went to. `at`: since when it stands like this. `note`: the office's word to her."""

    number: Number
    procedure: Line
    office: Line
    state: State
    at: Moment
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


class _Told(msgspec.Struct, frozen=True):
    number: Number
    procedure: Line
    office: Line
    state: Word
    at: Moment
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


def standing(answer: httpx.Response, manifest: Manifest, number: str) -> SharedApplication:
    """An answer about another number, or one that is sent back without a word why, is wrong."""
    wire = done(answer, _Told, manifest)
    agreed(manifest, wire.number == number, wire.state != "差し戻し" or bool(wire.note))
    return SharedApplication(
        number=wire.number,
        procedure=wire.procedure,
        office=wire.office,
        state=STATES[wire.state],
        at=wire.at,
        note=wire.note,
    )
