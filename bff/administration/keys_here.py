"""Which secrets and keys this house works with, by name and age; never what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509


@dataclass(frozen=True)
class KeysHere:
    """`masters` and `pairwise`: ids, newest first. `files`: by the setting that names them; `certificates` likewise.
    `towards_providers`: the folder of our own keys towards identity providers; one file cannot be rotated."""

    masters: Sequence[str]
    pairwise: Sequence[str]
    files: Mapping[str, Sequence[Path]]
    certificates: Mapping[str, Path]
    towards_providers: Path


@dataclass(frozen=True)
class Aged:
    """A file as it lies there. `days` None: it is not there. `ends`: of a certificate."""

    setting: str
    name: str
    days: int | None
    ends: datetime | None = None


def aged(here: KeysHere, now: datetime) -> Sequence[Aged]:
    files = [Aged(setting, one.name, _days(one, now)) for setting, every in here.files.items() for one in every]
    return [
        *files,
        *(Aged(setting, one.name, _days(one, now), _ends(one)) for setting, one in here.certificates.items()),
    ]


def _days(file: Path, now: datetime) -> int | None:
    try:
        return (now - datetime.fromtimestamp(file.stat().st_mtime, UTC)).days
    except OSError:
        return None


def _ends(file: Path) -> datetime | None:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None
