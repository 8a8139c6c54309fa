"""The folders of a drop: `<ward>/<point>/` with its `layout.toml`, `in/` or `out/`, `done/` and `failed/`.

Names that wards gave are only ever compared and shown; what is opened and written are entries of these folders.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

import structlog

from bff.exchange.drop.layout import LAYOUT, Layout, WrongLayout, layout_of
from life_events import contains_individual_number

SETTLED: Final = timedelta(seconds=20)
"""A file without an end mark is whole when it has had the same size and time for so long."""
KEPT: Final = timedelta(days=30)
_NO_LINKS: Final = ("in", "taking", "done", "failed")
_UNFINISHED: Final = (".tmp", ".part", ".filepart", ".crdownload")
_OURS: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_POINT: Final = re.compile(r"[a-z0-9_-]{1,40}")
_UNSAFE: Final = re.compile(r"[^0-9A-Za-zぁ-んァ-ヶー一-龠々._-]")
_LONGEST_NAME: Final = 200
"""Bytes: what is put around a name must fit into the 255 that a file's name may have."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Point:
    """One kind of file of one ward."""

    ward: str
    name: str
    path: Path
    layout: Layout

    @property
    def edition(self) -> str:
        """Which layout it is: another one after every change of the file."""
        return hashlib.sha256((self.path / LAYOUT).read_bytes()).hexdigest()[:8]

    def folder(self, kind: str) -> Path:
        """`in`, `taking`, `done`, `failed` or `out`; made when it is not there. Raises `WrongLayout` for a link."""
        folder = self.path / kind
        if kind in _NO_LINKS and folder.is_symlink():
            raise WrongLayout(f"{kind}/ is a symbolic link: what it leads to would be read, moved or deleted")
        folder.mkdir(exist_ok=True)
        return folder


@dataclass(frozen=True)
class Found:
    """A file in `in/`: `name` as the system has it, `shown` as it may be kept and told; `changed` in nanoseconds."""

    name: str
    shown: str
    size: int
    changed: int


def points(root: Path, wards: Collection[str]) -> Iterator[Point]:
    """Every point with a layout that can be used; one that cannot is told to the operator and hinders no other."""
    for path in sorted(root.glob(f"*/*/{LAYOUT}")):
        ward, name = path.parent.parent.name, path.parent.name
        try:
            if ward not in wards or not _POINT.fullmatch(name):
                raise WrongLayout("the folder must be <code of a ward>/<name of a-z, 0-9, _ and ->")
            point = Point(ward, name, path.parent, layout_of(path))
            for kind in _NO_LINKS if point.layout.incoming else ():
                point.folder(kind)
            yield point
        except WrongLayout as wrong:
            log.error("a drop point cannot be used", ward=ward, point=name, why=str(wrong))


def found(point: Point) -> Sequence[Found]:
    """Regular files that might be whole; links, folders, hidden and unfinished ones are none.

    Of several that are shown alike the first: the others have their turn when it is gone.
    """
    with os.scandir(point.folder("in")) as entries:
        regular = [entry for entry in entries if stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)]
    names = {entry.name for entry in regular}
    mark = point.layout.end_mark
    fit = [
        entry
        for entry in regular
        if not entry.name.startswith((".", "~"))
        and not entry.name.lower().endswith(_UNFINISHED)
        and (not mark or (not entry.name.endswith(mark) and entry.name + mark in names))
    ]
    told = [(entry.name, entry.stat(follow_symlinks=False)) for entry in sorted(fit, key=lambda entry: entry.name)]
    first = {shown(name): (name, one) for name, one in reversed(told)}
    return [Found(name, as_shown, one.st_size, one.st_mtime_ns) for as_shown, (name, one) in reversed(first.items())]


def shown(name: str) -> str:
    """A name as it may stand in a log or on a page: no odd letter, no individual number, and of two names two.

    One with a number in it has no mark: out of the mark the number could be guessed.
    """
    plain = _UNSAFE.sub("_", os.fsencode(name).decode("utf-8", "replace"))
    if contains_individual_number(plain):
        return "番号を含む名前"
    short = plain.encode()[-_LONGEST_NAME:].decode("utf-8", "ignore")
    mark = hashlib.sha256(os.fsencode(name)).hexdigest()[:8]
    return short if short == name else f"{mark}-{short}"


def begin(point: Point, name: str, id: UUID) -> Path | None:
    """Out of the ward's reach, under a name of ours; the path, or None when it is gone."""
    ours = point.folder("taking") / str(id)
    if not ours.exists():
        theirs = point.folder("in") / Path(name).name
        try:
            theirs.rename(ours)
        except FileNotFoundError:
            return None
        if point.layout.end_mark:
            (theirs.parent / (theirs.name + point.layout.end_mark)).unlink(missing_ok=True)
    return ours


def being_taken(point: Point) -> Sequence[UUID]:
    """What lies in `taking/`; beside the files of ours there may be what a fall left half written."""
    names = {path.name.partition(".")[0] for path in point.folder("taking").iterdir()}
    return [UUID(name) for name in sorted(names) if _OURS.fullmatch(name)]


def opened(path: Path) -> BinaryIO:
    """For reading; never through a link, and never a pipe, at which the house would wait for ever (`OSError`)."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"{path.name} is no file")
    return file


def size_of(path: Path) -> int:
    return path.lstat().st_size


def digest_of(path: Path) -> bytes:
    digest = hashlib.sha512()
    with opened(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.digest()


def finish(point: Point, id: UUID, shown_name: str, kind: str) -> None:
    """The file and its result into `done/` or `failed/`, side by side; may be done again after a fall."""
    for ending in ("", ".result.csv"):
        ours = point.folder("taking") / f"{id}{ending}"
        if ours.exists():
            ours.rename(point.folder(kind) / f"{str(id)[:8]}-{shown_name}{ending}")


def write_whole(path: Path, content: bytes) -> None:
    """Under its name only when all of it is there."""
    unfinished = path.with_name(f".{path.name}.tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def forget_older(point: Point, now: datetime) -> int:
    """What was taken or refused long ago; how many files went."""
    gone = 0
    for kind in ("done", "failed"):
        for path in point.folder(kind).iterdir():
            if path.is_file() and path.lstat().st_mtime < (now - KEPT).timestamp():
                path.unlink(missing_ok=True)
                gone += 1
    return gone
