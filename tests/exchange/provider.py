"""A provider behind the exchange, in process: answers properly sealed, unless told how to fail."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import httpx

from bff.connectors.street import manifests
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import IsClosed, always_open
from bff.exchange.message_log import Entry, Log
from bff.exchange.patience import Patience
from bff.exchange.reading import Call, Reading, Subject
from bff.exchange.transport import ExchangeTransport

NOW = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
HANA = UUID("00000000-0000-4000-8000-0000000000aa")
MINATO = "131032"
IMPATIENT = Patience(connect=0.2, read=0.2, whole=0.4, attempts=2, pause=0.01, threshold=50, rest=0.2)

Act = Callable[[httpx.Request], httpx.Response]


def reading(ward: str | None = MINATO) -> Reading:
    subject = Subject("a2b3", "佐藤 はな", date(1990, 5, 2), "東京都港区芝公園一丁目5番25号", ward)
    return Reading(subject=subject, purpose="home", basis="consent", resident=HANA)


def call(patience: Patience = IMPATIENT, *, repeatable: bool = True) -> Call:
    return Call(source="registry", patience=patience, repeatable=repeatable)


def sealed(request: httpx.Request, body: bytes, status: int = 200, **changed: str) -> httpx.Response:
    """An answer with the headers X-Road puts around it; `changed` spoils some (`_` for `-`)."""
    request_id = str(uuid4())
    lines = [request.method, request.url.raw_path.decode()]
    lines += [f"{name}:{value}" for name, value in request.headers.items() if name not in ("host", "content-length")]
    digest = hashlib.sha512("".join(f"{line}\r\n" for line in [*lines, f"x-road-request-id:{request_id}"]).encode())
    whole = digest.digest()
    if request.content:
        whole = hashlib.sha512(whole + hashlib.sha512(request.content).digest()).digest()
    headers = {
        "content-type": "application/json",
        "x-road-id": request.headers["x-road-id"],
        "x-road-client": request.headers["x-road-client"],
        "x-road-service": "/".join(request.url.raw_path.decode().split("/")[2:7]),
        "x-road-request-id": request_id,
        "x-road-request-hash": base64.b64encode(whole).decode(),
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    return httpx.Response(status, content=body, headers=headers)


def tells(body: object, status: int = 200) -> Act:
    return lambda request: sealed(request, json.dumps(body, ensure_ascii=False).encode(), status)


def tells_raw(body: bytes) -> Act:
    return lambda request: sealed(request, body)


def fails(status: int, fault: str | None = None) -> Act:
    headers = {"x-road-error": fault} if fault else {}
    return lambda _: httpx.Response(status, json={"type": fault, "message": "", "detail": ""}, headers=headers)


@dataclass
class Provider(httpx.AsyncBaseTransport):
    """Does what `acts` say, one after the other, the last one for ever; remembers what it was asked."""

    acts: list[Act]
    asked: list[httpx.Request] = field(default_factory=list)
    silent: bool = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(request)
        if self.silent:
            await asyncio.sleep(60)
        return self.acts[min(len(self.asked), len(self.acts)) - 1](request)


class Exchange:
    """The transport over one provider, with its log in a list; `ports` None: all are open."""

    def __init__(
        self,
        provider: httpx.AsyncBaseTransport,
        largest: int = 10_000,
        log: Log | None = None,
        ports: Collection[str] | None = None,
        closed: IsClosed = always_open,
    ) -> None:
        self.log: list[Entry] = []
        transport = ExchangeTransport(
            provider,
            client=ClientId.decode("TOKYO23/COM/900100/kurashimado"),
            log=log or self._keep,
            clock=lambda: NOW,
            new_id=uuid4,
            closed=closed,
            largest=largest,
            ports=manifests() if ports is None else ports,
        )
        self.http = Asking(transport, "http://exchange.test")

    async def _keep(self, entry: Entry) -> None:
        self.log.append(entry)


def impatient(patience: Patience) -> Patience:
    """A manifest's patience with a test's time limits."""
    return replace(patience, read=0.2, whole=0.4, pause=0.01)
