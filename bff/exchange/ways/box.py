"""A ward's box in the exchange: takes a message once under its key, and tells a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

import httpx
import msgspec

from bff.exchange.answer import told
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

    async def figures(self) -> Figures:
        """Raises `Silent`."""
        return told(await self.http.get(self._path(self.flow.ask), extensions=self._why()), Figures, SOURCE)

    def _path(self, rest: str) -> str:
        return self.flow.service_of(self.reading.subject.ward or "").path(rest)

    def _why(self) -> dict[str, Any]:
        return {"reading": self.reading, "call": Call(SOURCE, PATIENCE, repeatable=True)}
