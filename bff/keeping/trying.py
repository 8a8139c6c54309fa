"""Whether both halves are whole and belong to this house, before anything is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from alembic.util.exc import CommandError

from bff.identity.keys import DataKey, KeyRing, Unreadable, WrappedKey
from bff.keeping import manifest
from bff.keeping.manifest import BARE, DATABASE, FILES, KEYS, Manifest, NotThat
from bff.keeping.sealed import opened
from bff.settings import Settings
from infra.migrations import knows

HEX = "\\\\x"
"""How COPY writes bytes."""


@dataclass(frozen=True)
class Tried:
    """Two halves that were read to their ends; `keys` may be newer than `data`: who was erased meanwhile has none."""

    data: Manifest
    keys: Manifest
    data_key: DataKey
    keys_key: DataKey
    data_folder: Path
    keys_folder: Path

    def part(self, name: str) -> Iterator[bytes]:
        """Of the half with the data, plain."""
        return opened(self.data_folder / name, self.data_key)

    def wrapped(self) -> Iterator[bytes]:
        return opened(self.keys_folder / KEYS, self.keys_key)


def tried(chosen: Settings, data: Path, keys: Path, ring: KeyRing) -> Tried:
    """Raises `NotThat`: a file is missing or altered, a master key or a secret is not in the settings, the keys are
    older than the data, or the data are of a version that this programme does not know."""
    of_data, data_key = manifest.read(data, "data", ring)
    of_keys, keys_key = manifest.read(keys, "keys", ring)
    if of_keys.made_at < of_data.made_at:
        raise NotThat(f"{keys} is older than {data}: keys made since are missing in it")
    _secrets(chosen, of_data)
    try:
        knows(of_data.migration)
    except CommandError as wrong:
        raise NotThat(f"the data are of a newer version ({of_data.version}, {of_data.migration})") from wrong
    both = Tried(of_data, of_keys, data_key, keys_key, data, keys)
    if {DATABASE, FILES, *(f"{BARE}.{table}" for table in of_data.columns)} != set(of_data.parts):
        raise NotThat(f"{data}: parts are missing")
    for folder, half, key in ((data, of_data, data_key), (keys, of_keys, keys_key)):
        _whole(folder, half, key)
    _unwraps(both, ring)
    return both


def lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Rows as COPY writes them, each without its end."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        yield from whole
    if held:
        yield held


def _whole(folder: Path, half: Manifest, key: DataKey) -> None:
    for name, part in half.parts.items():
        path, hashed = folder / name, hashlib.sha256()
        try:
            with path.open("rb") as file:
                hashed = hashlib.file_digest(file, "sha256")
            if (path.stat().st_size, hashed.hexdigest()) != (part.bytes, part.sha256):
                raise NotThat(f"{path} is not as it was written: its checksum is another")
            for _ in opened(path, key):
                continue
        except (OSError, Unreadable) as wrong:
            raise NotThat(f"{path} cannot be read: {wrong}") from wrong


def _secrets(chosen: Settings, kept: Manifest) -> None:
    mine = manifest.secrets_of(chosen)
    other = [name for name, told in kept.secrets.items() if mine.get(name) != told]
    if other:
        raise NotThat(f"another {', '.join(other)} than when the backup was made: ids that wards know would be others")


def _unwraps(both: Tried, ring: KeyRing) -> None:
    """Every data key, so that nothing is put back that nobody can open."""
    for line in lines(both.wrapped()):
        table, id, key_id, wrapped = line.decode().split("\t")
        try:
            ring.open(UUID(id), WrappedKey(key_id, bytes.fromhex(wrapped.removeprefix(HEX))))
        except Unreadable as wrong:
            told: Mapping[str, int] = both.keys.masters
            needed = ", ".join(f"{name} ({many})" for name, many in sorted(told.items()))
            raise NotThat(f"a key of {table} does not open; master keys needed: {needed}") from wrong
