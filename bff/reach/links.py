"""The links in letters: each opens one thing of one address, needs no login, and says nothing of whose it is."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

What = Literal["confirm", "stop", "back", "code"]
_MAC: Final = 16
_LENGTH: Final = 16 + _MAC


@dataclass(frozen=True)
class Links:
    """`secret` keys them; `back`: the domain where undelivered letters come to."""

    secret: bytes
    origin: str
    back: str

    def url(self, what: Literal["confirm", "stop"], id: UUID) -> str:
        return f"{self.origin}/reach/{what}/{self.token(what, id)}"

    def back_to(self, id: UUID) -> str:
        """The envelope's sender of a letter to this address, so that a bounce names it (VERP): at most 64 characters
        before the @ (RFC 5321 4.5.3.1.1), and the same in capitals, as some servers write it back."""
        raw = id.bytes + self._mac("back", id)[:8]
        return f"back+{base64.b32encode(raw).decode().rstrip('=').lower()}@{self.back}"

    def bounced(self, mailbox: str) -> UUID | None:
        """Whose letter came back, from where it came back to; None: not one of ours."""
        local, _, domain = mailbox.strip().strip("<>").lower().rpartition("@")
        name, plus, said = local.partition("+")
        if domain != self.back.lower() or name != "back" or not plus:
            return None
        try:
            raw = base64.b32decode(said.upper() + "=" * (-len(said) % 8))
        except (binascii.Error, ValueError):
            return None
        id = UUID(bytes=raw[:16]) if len(raw) == 24 else None  # noqa: PLR2004 - an id and eight bytes
        return id if id and hmac.compare_digest(raw[16:], self._mac("back", id)[:8]) else None

    def code(self, id: UUID) -> str:
        """Six digits that a short message carries; another for every address she asks for."""
        return f"{int.from_bytes(self._mac('code', id)[:8]) % 1_000_000:06}"

    def token(self, what: What, id: UUID) -> str:
        return base64.urlsafe_b64encode(id.bytes + self._mac(what, id)).decode().rstrip("=")

    def opened(self, what: What, token: str) -> UUID | None:
        try:
            raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            return None
        if len(raw) != _LENGTH:
            return None
        id = UUID(bytes=raw[:16])
        return id if hmac.compare_digest(raw[16:], self._mac(what, id)) else None

    def _mac(self, what: What, id: UUID) -> bytes:
        return hmac.digest(self.secret, f"{what}|".encode() + id.bytes, "sha256")[:_MAC]
