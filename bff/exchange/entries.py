"""Log entries of calls."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import httpx

from bff.exchange import envelope
from bff.exchange.message import Message, Told
from bff.exchange.message_log import ANSWERED, OVERTAKEN, Entry
from bff.exchange.silence import Silent, Why


def entries_of(told: Told, at: datetime, took_ms: int) -> Iterator[Entry]:
    """One of the message that was answered, or of which nothing was heard; one of each that was sent beside it."""
    yield _entry(told.message, told.outcome, at, took_ms)
    for message in told.overtaken:
        silent = told.outcome if isinstance(told.outcome, Silent) else Silent(message.call.source, Why.TIMEOUT)
        beside = _entry(message, silent, at, took_ms)
        yield beside if silent is told.outcome else replace(beside, outcome=OVERTAKEN)


def without_reason(request: httpx.Request, at: datetime, message: UUID) -> Entry:
    """A call that was not made, since nobody said what for."""
    return Entry(
        at=at,
        message=message,
        asker="house",
        resident=None,
        subject="",
        source="",
        service=request.url.path[:200],
        purpose="",
        basis="",
        request_digest=None,
        answer_digest=None,
        outcome=str(Why.REFUSED),
        status=None,
        took_ms=0,
    )


def _entry(message: Message, outcome: httpx.Response | Silent, at: datetime, took_ms: int) -> Entry:
    answer = outcome if isinstance(outcome, httpx.Response) else None
    request, reading = message.request, message.reading
    target = request.url.raw_path.decode("ascii")
    digest = envelope.request_digest(request.method, target, message.sent, "", request.content or None)
    return Entry(
        at=at,
        message=message.id,
        asker="resident" if reading.resident and not reading.unasked else "house",
        resident=reading.resident,
        subject=reading.subject.id,
        source=message.call.source,
        service=message.service,
        purpose=reading.purpose,
        basis=reading.basis,
        request_digest=digest,
        answer_digest=hashlib.sha512(answer.content).digest() if answer is not None else None,
        outcome=str(outcome.why) if isinstance(outcome, Silent) else ANSWERED,
        status=answer.status_code if answer is not None else None,
        took_ms=took_ms,
        granted=reading.granted,
    )
