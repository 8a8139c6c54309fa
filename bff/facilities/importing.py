"""A file becomes a draft version: read whole, every row judged, nothing published."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facilities import store
from bff.facilities.columns import Dataset, limits
from bff.facilities.facility import Facility, Flaw
from bff.facilities.judging import Judge
from bff.facilities.places import places
from bff.facilities.reading import opened
from bff.facilities.store import Version
from bff.facilities.words import word

AT_ONCE: Final = 500
FLAWS_KEPT: Final = 200
Judged = tuple[Facility | None, Sequence[Flaw]]


@dataclass(frozen=True)
class File:
    """What somebody brings. `name` as they call it."""

    path: Path
    name: str
    dataset: Dataset
    ward: str
    ward_name: str
    as_of: date | None
    source_url: str
    by: str


async def bring_in(conn: AsyncConnection, file: File, *, id: UUID, now: datetime) -> Version:
    """In the caller's transaction (ward or house door), some rows at a time; raises `NotReadable`, and then nothing is
    kept."""
    sheet = await asyncio.to_thread(opened, file.path, file.dataset)
    at = file.dataset.places(sheet.header)
    version = Version(
        id=id,
        ward=file.ward,
        dataset=file.dataset.id,
        state="draft",
        file_name=file.name[:200],
        digest=await asyncio.to_thread(digest_of, file.path),
        encoding=sheet.encoding,
        rows=0,
        good=0,
        bad=0,
        warned=0,
        flaws=(),
        missing=tuple(file.dataset.missing(at)),
        as_of=file.as_of,
        source_url=file.source_url,
        made_at=now,
        made_by=file.by,
    )
    await store.keep(conn, version)
    judge = Judge(file.dataset, at, file.ward, file.ward_name, places()[file.ward])
    judged = (judge.judged(line, cells) for line, cells in sheet.rows)
    while some := await asyncio.to_thread(_next, judged):
        version = await _take(conn, version, some)
    await store.settle(conn, version)
    return version


def digest_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _next(judged: Iterator[Judged]) -> list[Judged]:
    return list(islice(judged, AT_ONCE))


async def _take(conn: AsyncConnection, version: Version, some: Sequence[Judged]) -> Version:
    good = [one for one, _ in some if one is not None]
    await store.add(conn, version.id, version.ward, version.good, good)
    flaws = [flaw for _, found in some for flaw in found]
    return replace(
        version,
        rows=version.rows + len(some),
        good=version.good + len(good),
        bad=version.bad + len(some) - len(good),
        warned=version.warned + sum(1 for one, found in some if one is not None and found),
        flaws=(*version.flaws, *flaws)[:FLAWS_KEPT],
    )


def blocks(version: Version, now_published: Version | None) -> list[str]:
    """Why this version cannot be published, in words; empty: it can."""
    bounds, found = limits(), []
    if version.good == 0:
        found.append(word("block", "none_good"))
    elif version.bad > max(bounds.bad_at_least, version.rows * bounds.bad_percent // 100):
        found.append(word("block", "too_bad", bad=version.bad, rows=version.rows))
    before = now_published.good if now_published and now_published.id != version.id else 0
    if 0 < version.good < before * bounds.shrink_percent // 100:
        found.append(word("block", "shrinks", before=before, after=version.good))
    return found
