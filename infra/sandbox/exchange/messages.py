"""The message log of one security server: every message that passed, to be signed, stamped and handed out.

Signing each message as it passes would cost more than carrying it. So a message is kept as it was, and sealed when the
next batch is stamped or when somebody asks for it; the newest are kept, in memory.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from infra.sandbox.exchange.hash_chain import Way
from infra.sandbox.exchange.protocol import Identifier
from infra.sandbox.exchange.signing import Seal

KEPT: Final = 2_000
KEPT_BYTES: Final = 32 << 20


@dataclass
class Message:
    """What one side said, signed by its member once, however many servers have it in their logs."""

    kind: Literal["request", "response"]
    query_id: str
    head: bytes
    body: bytes | None
    at: datetime
    seal: Seal
    _signatures: bytes | None = None

    @property
    def parts(self) -> dict[str, bytes]:
        return {"message.xml": self.head} | ({"attachment1": self.body} if self.body is not None else {})

    @property
    def signatures(self) -> bytes:
        if self._signatures is None:
            self._signatures = self.seal.signatures(self.parts, self.at)
        return self._signatures

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body or b"")


@dataclass
class Record:
    """A message in one server's log, and the stamp it got there. `client`: the subsystem it is kept for."""

    message: Message
    client: Identifier
    stamp: tuple[Way, bytes] | None = None


@dataclass
class MessageLog:
    """Newest last."""

    _records: deque[Record] = field(default_factory=deque)
    _size: int = 0

    def keep(self, client: Identifier, message: Message) -> None:
        self._records.append(Record(message, client))
        self._size += message.size
        while len(self._records) > KEPT or self._size > KEPT_BYTES:
            self._size -= self._records.popleft().message.size

    def find(self, client: Identifier, query_id: str, kinds: Iterable[str]) -> list[Record]:
        wanted = frozenset(kinds)
        return [
            one
            for one in self._records
            if one.client == client and one.message.query_id == query_id and one.message.kind in wanted
        ]

    def unstamped(self, most: int) -> list[Record]:
        """The newest ones, in the order in which they came."""
        return [one for one in self._records if one.stamp is None][-most:]


def leaf(message: Message) -> bytes:
    return hashlib.sha512(message.signatures).digest()
