"""What a service answers, and what of it goes into the record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from litestar.types import Send

from bff.exchange.address import ClientId
from bff.exchange.incoming import Incoming
from bff.inlet.coming import Body, Coming, Refused


@dataclass(frozen=True)
class Call:
    """One admitted request: `client` may call `manifest`'s service."""

    coming: Coming
    client: ClientId
    manifest: Incoming
    body: Body


@dataclass(frozen=True)
class Answer:
    """`resident`: whose data it was about, for the record."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    resident: UUID | None = None


Service = Callable[[Call], Awaitable[Answer]]


def json_answer(status: int, content: object, *, resident: UUID | None = None) -> Answer:
    return Answer(status, msgspec.json.encode(content), {"content-type": "application/json"}, resident)


def refusal(refused: Refused) -> Answer:
    fields = [{"field": name, "message": message} for name, message in refused.fields.items()]
    content = {"code": refused.code, "message": refused.message, **({"fields": fields} if fields else {})}
    return json_answer(refused.status, content, resident=refused.resident)


async def hand_over(send: Send, answer: Answer) -> None:
    headers = {**answer.headers, "cache-control": "no-store", "x-content-type-options": "nosniff"}
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    pairs.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
