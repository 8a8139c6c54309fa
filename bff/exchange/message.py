"""One call on its way, and what was told."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import httpx

from bff.exchange import envelope
from bff.exchange.reading import Call, Reading
from bff.exchange.silence import Silent


@dataclass(frozen=True)
class Message:
    """What is asked of whom, under which message id."""

    id: UUID
    request: httpx.Request
    sent: envelope.Headers
    service: str
    reading: Reading
    call: Call


@dataclass(frozen=True)
class Told:
    """An answer or a silence, and the message it answers; `overtaken`: those sent beside it that came to nothing."""

    message: Message
    outcome: httpx.Response | Silent
    overtaken: tuple[Message, ...] = ()
