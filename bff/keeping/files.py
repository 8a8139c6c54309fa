"""The files that come and go through the exchange: unpacked beside their place, then put into it at once."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bff.keeping.manifest import FILES, NotThat
from bff.keeping.trying import Tried


@dataclass(frozen=True)
class Coming:
    beside: Path
    place: Path

    def take_their_place(self) -> None:
        """What lay there goes only when these are in. Raises `OSError`; then it lies there as before."""
        former = _former(self.place)
        if self.place.exists():
            shutil.rmtree(former, ignore_errors=True)
            self.place.rename(former)
        try:
            self.beside.rename(self.place)
        except OSError:
            if former.exists():
                former.rename(self.place)
            raise
        shutil.rmtree(former, ignore_errors=True)


@contextmanager
def unpacked(place: Path, both: Tried, *, replace: bool) -> Iterator[Coming]:
    """Raises `NotThat` when files lie there already that nobody gave up, or nothing can be put into the place whole."""
    if place.is_symlink() or place.is_mount():
        raise NotThat(f"{place} is a link or a mount point: let KURASHIMADO_FILES be a folder in it")
    lying = (path for folder in (place, _former(place)) for path in folder.rglob("*"))
    if not replace and any(path.is_file() for path in lying):
        raise NotThat(f"files lie in {place}; with --replace they are lost")
    beside = place.with_name(f"{place.name}.coming")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(fileobj=cast("Any", _Pieces(both.part(FILES))), mode="r|") as tar:
            tar.extractall(beside, filter="data")
        yield Coming(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _former(place: Path) -> Path:
    """Where what lay there waits until the new files are in, or what a fall between the two has left."""
    return place.with_name(f"{place.name}.before")


class _Pieces:
    """Pieces read as one file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, many: int) -> bytes:
        while len(self._held) < many and (piece := next(self._pieces, b"")):
            self._held += piece
        told, self._held = self._held[:many], self._held[many:]
        return told
