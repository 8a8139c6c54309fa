"""The port for short messages. Providers differ, so what leaves here is the least that all of them take: one POST of
JSON to a configured address, with a key that stays the same when a message is tried again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol
from uuid import UUID

import httpx

from notifications.parcel import Fate

LONGEST: Final = 70
"""Characters of one message in Japanese (UCS-2, 3GPP TS 23.040): a second part is paid for again."""
_MOBILE: Final = re.compile(r"0[6789]0[0-9]{8}")


def number_of(text: str) -> str | None:
    """A mobile number of Japan as E.164; None when it is none. Full-width digits are not ours to read."""
    bare = re.sub(r"[\s()-]", "", text)
    national = f"0{bare[3:]}" if bare.startswith("+81") else bare
    return f"+81{national[1:]}" if _MOBILE.fullmatch(national) else None


@dataclass(frozen=True, slots=True)
class Short:
    id: UUID
    to: str
    text: str


class Texter(Protocol):
    """A fate for every message, by its id; never raises for a provider's fault."""

    async def send(self, messages: Sequence[Short]) -> Mapping[UUID, Fate]: ...


@dataclass(frozen=True)
class HttpTexter:
    http: httpx.AsyncClient
    url: str
    key: str

    async def send(self, messages: Sequence[Short]) -> Mapping[UUID, Fate]:
        return {message.id: await self._one(message) for message in messages}

    async def _one(self, message: Short) -> Fate:
        told = {"to": message.to, "text": message.text[:LONGEST], "reference": str(message.id)}
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": str(message.id)}
        try:
            answer = await self.http.post(self.url, json=told, headers=headers)
        except httpx.HTTPError:
            return Fate.LATER
        if answer.is_success:
            return Fate.ACCEPTED
        if answer.status_code == HTTPStatus.GONE:
            return Fate.GONE
        is_for_later = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code in (408, 429)
        return Fate.LATER if is_for_later else Fate.FAILED
