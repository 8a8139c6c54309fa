"""A whole file goes where its kind belongs: into the folder from which the ward's files are taken."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

import structlog

from bff.exchange.drop.folder import points
from bff.exchange.files.kind import kinds
from bff.exchange.files.shelf import Shelf
from bff.exchange.files.store import File

log = structlog.get_logger()


def arrived(shelf: Shelf, drop: Path | None, wards: Collection[str], file: File) -> None:
    """Under a name of ours, whole at once; where the ward has no such folder the file waits on its shelf."""
    kind = kinds()[file.kind]
    known = points(drop, wards) if drop else iter(())
    point = next((one for one in known if (one.ward, one.name) == (file.ward, kind.point)), None)
    if point is None or not point.layout.incoming:
        log.warning("a file came that has no place to go", kind=file.kind, ward=file.ward, file=str(file.id))
        return
    name = f"{file.id}.csv"
    unfinished = point.folder("in") / f".{name}.tmp"
    with shelf.whole(file.id).open("rb") as whole, unfinished.open("wb") as copy:
        shutil.copyfileobj(whole, copy)
        copy.flush()
        os.fsync(copy.fileno())
    unfinished.rename(point.folder("in") / name)
    if point.layout.end_mark:
        (point.folder("in") / f"{name}{point.layout.end_mark}").touch()
