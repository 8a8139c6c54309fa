"""A file of any length, sealed piece by piece under a key of its own.

Each piece is bound to the file's name, to its place and to whether it is the last: none can be left out, moved, or put
into another file, and a file that was cut off does not open.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bff.identity.keys import DataKey, Unreadable

PIECE: Final = 1 << 20
_LENGTH: Final = struct.Struct(">I")


class Sealing:
    """A file being written, for the house's eyes alone; `bytes` and `sha256` are of what lies on the disk."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self.name, self.bytes, self._key = path.name, 0, key
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._hash, self._held, self._place = hashlib.sha256(), bytearray(), 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, plain: bytes) -> int:
        self._held += plain
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(plain)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """What broke off gets no last piece, and so never opens."""
        with self._file:
            if kind is None:
                self._put(bytes(self._held), last=True)
                self._file.flush()
                os.fsync(self._file.fileno())

    def _put(self, plain: bytes, *, last: bool) -> None:
        sealed = self._key.seal(_kind(self.name, self._place, last), plain)
        framed = _LENGTH.pack(len(sealed)) + sealed
        self._file.write(framed)
        self._hash.update(framed)
        self.bytes, self._place = self.bytes + len(framed), self._place + 1


def opened(path: Path, key: DataKey) -> Iterator[bytes]:
    """The plain pieces; raises `Unreadable` at the first that is not as it was written, or when the end is missing."""
    with path.open("rb") as file:
        place, frame = 0, _frame(file.read(_LENGTH.size), path)
        while frame:
            sealed = file.read(frame)
            after = file.read(_LENGTH.size)
            yield key.open(_kind(path.name, place, not after), sealed)
            place, frame = place + 1, _frame(after, path) if after else 0


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _frame(told: bytes, path: Path) -> int:
    if len(told) != _LENGTH.size:
        raise Unreadable(f"{path.name} is cut off")
    (length,) = _LENGTH.unpack(told)
    if not 0 < length <= 2 * PIECE:
        raise Unreadable(f"{path.name} is altered")
    return int(length)


def _kind(name: str, place: int, last: bool) -> str:
    return f"backup {name} {place} {'last' if last else 'more'}"
