"""Where files lie: one folder, under names of ours alone; half ones apart from whole ones."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

_PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Shelf:
    """`root` is made when it is first needed; nobody but the house may look into it."""

    root: Path

    def half(self, id: UUID) -> Path:
        return self._folder("half") / str(id)

    def whole(self, id: UUID) -> Path:
        return self._folder("whole") / str(id)

    def write(self, id: UUID, piece: bytes, at: int) -> None:
        """Over what may stand there from a try that broke off before it was told."""
        file = os.open(self.half(id), os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            while piece:
                written = os.pwrite(file, piece, at)
                piece, at = piece[written:], at + written
        finally:
            os.close(file)

    def publish(self, id: UUID, size: int, sha512: bytes) -> bool:
        """Whole under its name at once, or, when it is not what was announced, gone; False then. May be repeated."""
        half, whole = self.half(id), self.whole(id)
        if not half.exists():
            return whole.exists()
        with half.open("r+b") as file:
            file.truncate(size)
            digest = hashlib.sha512()
            while piece := file.read(_PIECE):
                digest.update(piece)
            os.fsync(file.fileno())
        if digest.digest() != sha512:
            half.unlink()
            return False
        half.rename(whole)
        return True

    def read(self, id: UUID, at: int, most: int) -> bytes:
        """At most `most` bytes of a whole file."""
        file = os.open(self.whole(id), os.O_RDONLY | os.O_NOFOLLOW)
        try:
            return os.pread(file, most, at)
        finally:
            os.close(file)

    def forget(self, id: UUID) -> None:
        self.half(id).unlink(missing_ok=True)
        self.whole(id).unlink(missing_ok=True)

    def forget_older(self, before: datetime) -> None:
        for kind in ("half", "whole"):
            for path in self._folder(kind).iterdir():
                if path.lstat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)

    def _folder(self, kind: str) -> Path:
        folder = self.root / kind
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder
