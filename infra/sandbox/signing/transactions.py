"""Transactions of the signature API: CREATED → AUTHORIZED → SIGNED, DECLINED or EXPIRED; a result is read once."""

import base64
import binascii
import uuid
from dataclasses import dataclass
from typing import Final, Literal

from asn1crypto import algos, core

State = Literal["CREATED", "AUTHORIZED", "SIGNED", "DECLINED", "EXPIRED"]
LIVES: Final = 600.0
SIZES: Final = {"sha256": 32, "sha384": 48}


class _DigestInfo(core.Sequence):  # type: ignore[misc]
    _fields = [("digest_algorithm", algos.DigestAlgorithm), ("digest", core.OctetString)]  # noqa: RUF012


@dataclass
class Transaction:
    """`sealed`: the JWE, when it is signed; `persona` by whom it is dealt with."""

    id: str
    algorithm: str
    digest: bytes
    made: float
    state: State = "CREATED"
    persona: str = ""
    sealed: str = ""
    is_read: bool = False


class Transactions:
    def __init__(self) -> None:
        self._kept: dict[str, Transaction] = {}

    def make(self, data: str, now: float) -> Transaction | None:
        """`data`: base64 of a SHA-256 digest, or of the DER of a DigestInfo. None: it is neither."""
        read = _read(data)
        if read is None:
            return None
        self._kept = {id: one for id, one in self._kept.items() if now - one.made < 10 * LIVES}
        made = Transaction(str(uuid.uuid4()), *read, made=now)
        self._kept[made.id] = made
        return made

    def get(self, id: str, now: float) -> Transaction | None:
        """As it stands now."""
        found = self._kept.get(id)
        if found is not None and found.state in ("CREATED", "AUTHORIZED") and now - found.made > LIVES:
            found.state = "EXPIRED"
        return found


def _read(data: str) -> tuple[str, bytes] | None:
    try:
        raw = base64.b64decode(data, validate=True)
        if len(raw) == SIZES["sha256"]:
            return "sha256", raw
        info = _DigestInfo.load(raw, strict=True)
        algorithm, digest = info["digest_algorithm"]["algorithm"].native, info["digest"].native
    except (binascii.Error, ValueError, TypeError):
        return None
    return (algorithm, digest) if SIZES.get(algorithm) == len(digest) else None
