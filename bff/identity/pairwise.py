"""Pseudonyms: each ward and service knows a resident by another id, so that two of them cannot join their data."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID


class Pairwise:
    """Keyed by one secret; the same resident and sector always give the same id, as in OpenID Connect §8.1."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def id_for(self, resident: UUID, sector: str) -> str:
        """26 characters of `a-z2-7`; `sector` names who is given it, such as `registry/131032`."""
        digest = hmac.digest(self._secret, resident.bytes + sector.encode(), hashlib.sha256)
        return base64.b32encode(digest[:16]).decode().rstrip("=").lower()
