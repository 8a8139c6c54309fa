"""What a half of a backup says of itself: its files and how they are checked, the keys that open it, and its time."""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

import msgspec

from bff.identity.keys import DataKey, KeyRing, Unreadable, WrappedKey
from bff.settings import Settings

SCHEMA: Final = "kurashimado-backup-1"
FILE: Final = "manifest.json"
DATABASE, BARE, FILES, KEYS = "database.dump", "bare", "files.tar", "keys.copy"
_SEAL: Final = "backup manifest"


class NotThat(Exception):
    """What was asked for cannot be done; nothing was touched. The message is for the operator."""


class Part(msgspec.Struct, frozen=True):
    """A file beside the manifest."""

    bytes: int
    sha256: str


class Wrapped(msgspec.Struct, frozen=True):
    """The key of this half, under the master key `key_id`."""

    key_id: str
    wrapped: bytes


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`masters`: how many data keys lie under which master key. `rows`: of each table when the data were taken.
    `secrets`: fingerprints of the secrets that the data hang on and a backup does not hold. `columns`: of the tables
    whose keys lie in the other half, in the order of their files."""

    schema: str
    half: Literal["data", "keys"]
    id: UUID
    made_at: datetime
    version: str
    postgres: str
    migration: str
    key: Wrapped
    parts: Mapping[str, Part]
    masters: Mapping[str, int] = {}
    rows: Mapping[str, int] = {}
    columns: Mapping[str, tuple[str, ...]] = {}
    secrets: Mapping[str, str] = {}
    seal: bytes = b""


def write(folder: Path, manifest: Manifest, key: DataKey) -> None:
    """Last of all files: a half without it is none."""
    sealed = msgspec.structs.replace(manifest, seal=key.seal(_SEAL, _canonical(manifest)))
    file = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(sealed), indent=1) + b"\n")
        out.flush()
        os.fsync(out.fileno())


def read(folder: Path, half: Literal["data", "keys"], ring: KeyRing) -> tuple[Manifest, DataKey]:
    """Raises `NotThat` when there is none, its master key is not in the settings, or it was altered."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as wrong:
        raise NotThat(f"{folder} is no whole backup: its {FILE} cannot be read ({wrong})") from wrong
    if found.schema != SCHEMA or found.half != half:
        raise NotThat(f"{folder} is not the half with the {half}, or of another kind ({found.schema}, {found.half})")
    try:
        key = ring.open(found.id, WrappedKey(found.key.key_id, found.key.wrapped))
        told = key.open(_SEAL, found.seal)
    except Unreadable as wrong:
        raise NotThat(f"{folder}: its master key {found.key.key_id} is not in KURASHIMADO_MASTER_KEYS") from wrong
    if not hmac.compare_digest(told, _canonical(found)):
        raise NotThat(f"{folder}: {FILE} was altered")
    return found, key


def secrets_of(chosen: Settings) -> Mapping[str, str]:
    """Fingerprints: who has one knows nothing of the secret."""
    return {
        f"PAIRWISE_SECRET {version}": hmac.digest(secret, SCHEMA.encode(), "sha256").hex()[:32]
        for version, secret in chosen.pairwise_secrets
    }


def _canonical(manifest: Manifest) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(manifest, seal=b""), order="sorted")
