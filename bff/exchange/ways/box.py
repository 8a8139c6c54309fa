"""A ward's box in the exchange: takes a message once under its key, and tells a figure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import httpx
import msgspec

from bff.exchange.answer import told
from bff.exchange.files.kind import PART
from bff.exchange.patience import Patience
from bff.exchange.reading import Call, Reading
from bff.exchange.silence import Silent, Why
from bff.exchange.ways.flow import Flow

SOURCE: Final = "box"
PATIENCE: Final = Patience(at_once=8, rest=2.0)


class Figures(msgspec.Struct, frozen=True):
    """Numbers by name, as they were `as_of`."""

    as_of: Annotated[datetime, msgspec.Meta(tz=True)]
    counts: Annotated[dict[Annotated[str, msgspec.Meta(max_length=60)], Annotated[int, msgspec.Meta(ge=0)]],
                      msgspec.Meta(max_length=200)]  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A file that goes out: what is announced of it; `sha512` in hexadecimal."""

    kind: str
    size: int
    sha512: str
    media_type: str


class There(msgspec.Struct, frozen=True):
    """How much of a file the ward has."""

    id: Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
    state: Literal["open", "whole", "wrong"]
    received: Annotated[int, msgspec.Meta(ge=0)]


class KeyTaken(Exception):
    """Under this key the ward has something else: it is not overwritten, and asking again changes nothing."""


@dataclass(frozen=True)
class Box:
    """`flow` says which service; `reading` why, and of which ward."""

    http: httpx.AsyncClient
    flow: Flow
    reading: Reading

    async def put(self, key: str, content: bytes) -> None:
        """Raises `Silent`, and `KeyTaken`."""
        answer = await self.http.put(
            self._path(f"/messages/{key}"),
            content=content,
            headers={"content-type": "application/json"},
            extensions=self._why(),
        )
        if answer.status_code == httpx.codes.CONFLICT:
            raise KeyTaken(key)
        if not answer.is_success:
            raise Silent(SOURCE, Why.WRONG_ANSWER)

    async def send(self, key: str, sheet: Sheet, read: Callable[[int, int], Awaitable[bytes]]) -> None:
        """A file part by part, from where the ward has it; `read`: bytes at an offset. Raises as `put`."""
        announced = msgspec.json.encode({"key": key, **asdict(sheet)})
        there = await self._there("POST", "/files", announced, "application/json")
        while there.state == "open":
            part = await read(there.received, PART)
            path = f"/files/{there.id}/parts/{there.received}"
            then = await self._there("PUT", path, part, "application/octet-stream")
            if then.state == "open" and not there.received < then.received < sheet.size:
                raise Silent(SOURCE, Why.WRONG_ANSWER)
            there = then
        if there.state != "whole":
            raise Silent(SOURCE, Why.WRONG_ANSWER)

    async def _there(self, verb: str, path: str, content: bytes, media_type: str) -> There:
        headers = {"content-type": media_type}
        answer = await self.http.request(
            verb, self._path(path), content=content, headers=headers, extensions=self._why()
        )
        if answer.status_code == httpx.codes.CONFLICT:
            raise KeyTaken(path)
        return told(answer, There, SOURCE)

    async def figures(self) -> Figures:
        """Raises `Silent`."""
        return told(await self.http.get(self._path(self.flow.ask), extensions=self._why()), Figures, SOURCE)

    def _path(self, rest: str) -> str:
        return self.flow.service_of(self.reading.subject.ward or "").path(rest)

    def _why(self) -> dict[str, Any]:
        return {"reading": self.reading, "call": Call(SOURCE, PATIENCE, repeatable=True)}
