"""The recorded examples beside each connector: what its owner answers, and what must become of it.

A file `bff/connectors/<folder>/examples/<kind>-….json`, kind `good`, `odd` or `broken`, holds

- `says`: why it is there, in a sentence;
- `operation`: the client's coroutine, `tell` when it is not named, and `with`, its arguments beside the reading;
- `answer`: the JSON of the owner's answer, or `raw`: its text when it is no JSON; `status`, 200 when not named;
- `becomes`: what the client must return, as JSON has it, or `why`: the one word for its silence, or `refused`: the
  reason for which the owner does not do it;
- `asks`: for an act, the JSON that must have been sent; `path` and `method` of it when not POST to `/query`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import httpx
import msgspec

from bff.connectors.listed import CONNECTORS
from bff.connectors.shapes import Connector
from bff.exchange.reading import Reading
from tests.exchange.provider import Act, sealed

FOLDER = Path(__file__).parents[2] / "bff" / "connectors"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"arguments": "with"}):
    says: str
    operation: str = "tell"
    arguments: dict[str, Any] = {}
    answer: Any = msgspec.UNSET
    raw: str | None = None
    status: int = 200
    becomes: Any = msgspec.UNSET
    why: str | None = None
    refused: str | None = None
    asks: Any = msgspec.UNSET
    path: str = "/query"
    method: str = "POST"

    @property
    def body(self) -> bytes:
        return self.raw.encode() if self.raw is not None else json.dumps(self.answer, ensure_ascii=False).encode()

    def act(self, body: bytes | None = None) -> Act:
        told = self.body if body is None else body
        return lambda request: sealed(request, told, self.status)

    async def ask(self, client: object, reading: Reading) -> Any:
        """Raises `Silent`, or another error the client's docstring names."""
        operation = getattr(client, self.operation)
        hints = get_type_hints(operation)
        given = {name: msgspec.convert(value, hints[name], strict=False) for name, value in self.arguments.items()}
        return await operation(reading, **given)


@dataclass(frozen=True)
class Recorded:
    """One example of one connector."""

    kind: type[Connector]
    name: str
    example: Example

    def __str__(self) -> str:
        return f"{self.kind.manifest.id}-{self.name}"


def folder_of(kind: type[Connector]) -> Path:
    return FOLDER / kind.__module__.split(".")[2]


def called() -> Sequence[type[Connector]]:
    """The connectors that are called at all, and answer by the exchange."""
    return [
        kind for kind in CONNECTORS if kind.manifest.exposure != "link" and not kind.manifest.service.startswith("own/")
    ]


def recorded(*kinds: str) -> list[Recorded]:
    """Those whose file begins with one of `kinds`."""
    return [one for connector in called() for one in _of(connector) if one.name.split("-")[0] in kinds]


def good(id: str) -> Example:
    """The first good example of a connector."""
    return next(one.example for one in recorded("good") if one.kind.manifest.id == id)


def part(id: str) -> Any:
    """What becomes of it."""
    kind: Any = next(kind for kind in CONNECTORS if kind.manifest.id == id)
    return msgspec.convert(good(id).becomes, kind.shape)


def built(kind: type[Connector], http: httpx.AsyncClient) -> Any:
    return kind(http)


def _of(kind: type[Connector]) -> Iterator[Recorded]:
    for file in sorted((folder_of(kind) / "examples").glob("*.json")):
        yield Recorded(kind, file.stem, msgspec.json.decode(file.read_bytes(), type=Example))


HOME: Sequence[str] = tuple(kind.manifest.id for kind in called() if kind.manifest.exposure == "home")
"""The sources asked with home."""
