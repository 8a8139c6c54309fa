"""Statements over versions and their facilities, by Core. What is published is for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facilities.facility import Facility, Flaw
from bff.facilities.tables import facilities, facility_versions

_v = facility_versions.c
OLD_ARE_KEPT = 10
"""Versions of a dataset that one may go back to; a draft that nobody publishes is one of them."""


@dataclass(frozen=True)
class Version:
    """`flaws`: the first of them, in the order of the file; `missing`: columns the file does not have."""

    id: UUID
    ward: str
    dataset: str
    state: str
    file_name: str
    digest: bytes
    encoding: str
    rows: int
    good: int
    bad: int
    warned: int
    flaws: tuple[Flaw, ...]
    missing: tuple[str, ...]
    as_of: date | None
    source_url: str
    made_at: datetime
    made_by: str
    published_at: datetime | None = None
    published_by: str | None = None


async def keep(conn: AsyncConnection, version: Version) -> None:
    told = {name: getattr(version, name) for name in Version.__dataclass_fields__}
    told |= {"flaws": msgspec.to_builtins(version.flaws), "missing": list(version.missing)}
    await conn.execute(insert(facility_versions).values(**told))


async def settle(conn: AsyncConnection, version: Version) -> None:
    """What reading the whole file has brought."""
    counted = {name: getattr(version, name) for name in ("rows", "good", "bad", "warned")}
    told = {**counted, "flaws": msgspec.to_builtins(version.flaws)}
    await conn.execute(update(facility_versions).where(_v.id == version.id).values(**told))


async def add(conn: AsyncConnection, version: UUID, ward: str, first: int, some: Sequence[Facility]) -> None:
    rows = [
        {"version": version, "ward": ward, "id": one.id, "place": first + place, "body": msgspec.to_builtins(one)}
        for place, one in enumerate(some)
    ]
    if rows:
        await conn.execute(insert(facilities), rows)


async def one(conn: AsyncConnection, ward: str, version: UUID) -> Version | None:
    row = (await conn.execute(select(facility_versions).where(_v.ward == ward, _v.id == version))).first()
    return _version(row) if row else None


async def published(conn: AsyncConnection, ward: str) -> Sequence[Version]:
    those = select(facility_versions).where(_v.ward == ward, _v.state == "published").order_by(_v.dataset)
    return [_version(row) for row in await conn.execute(those)]


async def all_of(conn: AsyncConnection, ward: str) -> Sequence[Version]:
    """The newest first."""
    those = select(facility_versions).where(_v.ward == ward).order_by(_v.made_at.desc(), _v.id).limit(100)
    return [_version(row) for row in await conn.execute(those)]


async def some_of(conn: AsyncConnection, version: UUID, most: int | None = None) -> Sequence[Facility]:
    """In the order of the file."""
    wanted = select(facilities.c.body).where(facilities.c.version == version).order_by(facilities.c.place).limit(most)
    return [msgspec.convert(body, Facility) for body in await conn.scalars(wanted)]


async def publish(conn: AsyncConnection, version: Version, *, by: str, now: datetime) -> None:
    """In the place of the one that was; a past one comes back the same way."""
    same = (_v.ward == version.ward, _v.dataset == version.dataset)
    await conn.execute(update(facility_versions).where(*same, _v.state == "published").values(state="past"))
    await conn.execute(
        update(facility_versions)
        .where(_v.id == version.id)
        .values(state="published", published_at=now, published_by=by)
    )
    old = select(_v.id).where(*same, _v.state != "published").order_by(_v.made_at.desc()).offset(OLD_ARE_KEPT)
    await conn.execute(delete(facility_versions).where(_v.id.in_(old.scalar_subquery())))


async def drop(conn: AsyncConnection, version: Version) -> None:
    """A draft that is not wanted."""
    await conn.execute(delete(facility_versions).where(_v.id == version.id, _v.state == "draft"))


def _version(row: Row[Any]) -> Version:
    flaws = tuple(Flaw(**flaw) for flaw in row.flaws)
    return Version(**{**dict(row._mapping), "flaws": flaws, "missing": tuple(row.missing)})
