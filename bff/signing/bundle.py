"""A receipt as a file: a small zip of what was sent, what the house says of it, its seal and stamps, and how to try it.

Reading one that a stranger has uploaded trusts nothing: no name but ours, no size beyond the bounds, nothing written.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

APPLICATION: Final = "application.json"
STATEMENT: Final = "statement.json"
FOLDER: Final = "folder.json"
"""Only in the receipt of what was sent together with others: it lists the digest of each."""
SEAL: Final = "seal.p7s"
STAMP: Final = "stamp.tsr"
SEAL_ROOTS: Final = "roots/seal.pem"
STAMP_ROOTS: Final = "roots/stamp.pem"
README: Final = "README.txt"
ALWAYS: Final = (APPLICATION, STATEMENT, SEAL, SEAL_ROOTS, STAMP_ROOTS, README)
LATER: Final = re.compile(r"stamp-[2-9]\.tsr|roots/stamp-[2-9]\.pem")
"""Stamps that came after the first, each with the roots it leads to."""
LARGEST: Final = 200 * 1024
LARGEST_FILE: Final = 128 * 1024
MOST_FILES: Final = 24
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1

Why = Literal["no_receipt", "too_large", "odd_files", "file_missing", "broken"]


class Unreadable(Exception):
    """What was uploaded is no receipt that can be read; `why` says which of these."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True)
class Roots:
    """What seal and stamps lead to, as PEM."""

    seal: bytes
    stamp: bytes


@dataclass(frozen=True)
class Bundle:
    """The files by name."""

    files: Mapping[str, bytes]

    @property
    def sealed(self) -> bytes:
        """What the seal is over: the two files one after the other, as `cat` puts them."""
        return self.files[APPLICATION] + self.files[STATEMENT]

    @property
    def stamps(self) -> list[tuple[bytes, bytes]]:
        """Each time stamp with the bytes it must be over, oldest first."""
        first = self.files.get(STAMP)
        if first is None:
            return []
        found, before = [(first, self.files[SEAL])], self.sealed + self.files[SEAL] + first
        for number in range(2, 10):
            token, roots = self.files.get(f"stamp-{number}.tsr"), self.files.get(f"roots/stamp-{number}.pem")
            if token is None or roots is None:
                break
            found.append((token, before + roots))
            before += token
        return found

    def stamped(self, token: bytes) -> Bundle:
        """With its first stamp."""
        return Bundle({**self.files, STAMP: token})

    def to_stamp_again(self, roots: bytes) -> tuple[int, bytes]:
        """The number of the next stamp and what it is to be over: all that came before, digests new and old, and the
        roots it will lead to."""
        stamps = self.stamps
        before = self.sealed + self.files[SEAL] + b"".join(token for token, _ in stamps)
        return len(stamps) + 1, before + roots

    def stamped_again(self, number: int, token: bytes, roots: bytes) -> Bundle:
        return Bundle({**self.files, f"stamp-{number}.tsr": token, f"roots/stamp-{number}.pem": roots})

    def packed(self) -> bytes:
        """The same bytes for the same files."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
            for name in sorted(self.files):
                packed.writestr(zipfile.ZipInfo(name, _DAY), self.files[name])
        return out.getvalue()


def read(uploaded: bytes) -> Bundle:
    """Raises `Unreadable`."""
    if len(uploaded) > LARGEST:
        raise Unreadable("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(uploaded)) as packed:
            entries = packed.infolist()
            _check(entries)
            files = {entry.filename: _bounded(packed, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as wrong:
        raise Unreadable("no_receipt" if not uploaded.startswith(b"PK\x03\x04") else "broken") from wrong
    if missing := [name for name in ALWAYS if name not in files]:
        raise Unreadable("no_receipt" if len(missing) > 1 else "file_missing")
    bundle = Bundle(files)
    if len(_later(files)) != max(0, 2 * (len(bundle.stamps) - 1)):
        raise Unreadable("file_missing")
    return bundle


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise Unreadable("odd_files")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unreadable("odd_files")
    for entry in entries:
        known = entry.filename in (*ALWAYS, FOLDER, STAMP) or LATER.fullmatch(entry.filename)
        if not known or entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKED:
            raise Unreadable("odd_files")
        if entry.file_size > LARGEST_FILE:
            raise Unreadable("too_large")


def _bounded(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more is unpacked than may be there, whatever the entry says of its size."""
    with packed.open(entry) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large")
    return content


def _later(files: Mapping[str, bytes]) -> list[str]:
    """Each later stamp comes with its roots, and none is left out."""
    return [name for name in files if LATER.fullmatch(name)]
