"""Pseudonyms: each ward and service knows a resident by another id, so that two of them cannot join their data.

A secret is never taken away while a resident hangs on it: an id once given out stays. A new secret is for those who
come after it (ADR 0025).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final
from uuid import UUID

FIRST: Final = "1"


class Pairwise:
    """Keyed by secrets under their versions; the same resident and sector always give the same id, as in OpenID Connect
    §8.1. `current` is the version of those who come now."""

    def __init__(self, secrets: Mapping[str, bytes], current: str = FIRST) -> None:
        if current not in secrets:
            raise ValueError("pseudonyms need a current secret")
        self._secrets = dict(secrets)
        self.current = current

    def id_for(self, resident: UUID, sector: str, version: str) -> str:
        """26 characters of `a-z2-7`; `sector` names who is given it (bff/connectors/sectors.py), `version` the secret
        she came under. Raises `KeyError` for a secret that was taken away too early."""
        digest = hmac.digest(self._secrets[version], resident.bytes + sector.encode(), hashlib.sha256)
        return base64.b32encode(digest[:16]).decode().rstrip("=").lower()
