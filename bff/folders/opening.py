"""A folder is opened: what she sends together is checked, put into one document, and kept before any of it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.canonical import digest
from bff.errors import FieldRefused, FieldsRefused, NotFound, Refusal, StepClosed
from bff.folders import events
from bff.home import filing
from bff.home.filing import Filing
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.signing import folders
from bff.signing.folder import MOST, folder_document
from bff.signing.folders import Folder, Part
from bff.texts import say
from life_events import Catalogue, contains_individual_number

_PERSON = re.compile(r"[A-Za-z0-9_\-]{1,60}")
_DIGEST_BYTES = 32


@dataclass(frozen=True)
class Opening:
    """What comes from the device: ids are made there. `digest`: SHA-256 of the folder's document as the device made it,
    in hex; None: it made none."""

    id: UUID
    event: str
    completed_at: datetime
    digest: str | None = None


@dataclass(eq=False)
class PartsRefused(Refusal):
    """Some of them may not be sent as they are, by their place among those given; nothing was kept."""

    parts: Mapping[int, Refusal]


async def keep(
    conn: AsyncConnection,
    me: Resident,
    catalogue: Catalogue,
    wanted: Opening,
    parts: Sequence[Part],
    now: datetime,
) -> Folder:
    """The folder, kept once; raises a `Refusal`."""
    if me.ward is None:
        raise StepClosed(say("no_ward"))
    _check(catalogue, wanted, parts)
    document = folder_document(
        id=wanted.id, ward=me.ward, completed_at=wanted.completed_at, digests=tuple(one.digest for one in parts)
    )
    if wanted.digest is not None and wanted.digest != digest(document).hex():
        raise _refused("digest", "digest_differs")
    await folders.keep(conn, Folder(wanted.id, me.id, wanted.event, document, now, tuple(parts)))
    kept = await folders.one(conn, me.id, wanted.id)
    if kept is None or kept.document != document:
        raise NotFound(say("not_found"))
    return kept


def checked(me: Resident, home: Home, filings: Sequence[Filing], now: datetime) -> Sequence[Part]:
    """The parts of a folder that may be signed; raises `PartsRefused` with all that is wrong with any of them."""
    found: list[Part] = []
    refused: dict[int, Refusal] = {}
    for place, one in enumerate(filings):
        try:
            document = filing.check(me, home, one, now).document
        except Refusal as refusal:
            refused[place] = refusal
        else:
            found.append(Part(one.procedure, one.subject, digest(document), one.id))
    if refused:
        raise PartsRefused(say("parts_refused"), refused)
    return found


def _check(catalogue: Catalogue, wanted: Opening, parts: Sequence[Part]) -> None:
    if events.name_of(catalogue, wanted.event) is None:
        raise _refused("event", "unknown_event")
    if not 0 < len(parts) <= MOST:
        raise _refused("parts", "parts_number")
    steps = {(one.procedure, one.subject) for one in parts}
    if len(steps) < len(parts) or len({one.application for one in parts}) < len(parts):
        raise _refused("parts", "part_twice")
    if not all(_is_known(catalogue, one) for one in parts):
        raise _refused("parts", "unknown_procedure")


def _is_known(catalogue: Catalogue, part: Part) -> bool:
    found = catalogue.procedures.get(part.procedure)
    named = part.subject is None or (
        _PERSON.fullmatch(part.subject) is not None and not contains_individual_number(part.subject)
    )
    return found is not None and found.form is not None and named and len(part.digest) == _DIGEST_BYTES


def _refused(field: str, why: str) -> FieldsRefused:
    return FieldsRefused(say(why), (FieldRefused(field, why, say(why)),))
