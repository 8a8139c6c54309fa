"""What a provider is asked and how much of an answer is read: it may be slow, endless, or not who it was."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import httpx
import msgspec

from bff.identity.failures import LoginFailed

LARGEST = 128 * 1024
FORCED_AT_MOST = 3
FORCED_WITHIN = timedelta(minutes=1)
RESTS_AFTER_FAILURE = timedelta(seconds=1)

_ERROR = re.compile(r"[a-z_]{1,40}")

T = TypeVar("T")


async def answered(
    http: httpx.AsyncClient, method: str, url: str, what: str, *, patience: float, **request: Any
) -> bytes:
    """The body of a good answer, whole within `patience` seconds however slowly it drips. No redirect is followed,
    nothing is unpacked; raises `LoginFailed`."""
    headers = {**request.pop("headers", {}), "accept": "application/json", "accept-encoding": "identity"}
    try:
        async with (
            asyncio.timeout(patience),
            http.stream(method, url, headers=headers, follow_redirects=False, **request) as answer,
        ):
            body = await _bounded(answer, what)
    except TimeoutError as late:
        raise LoginFailed("unavailable", f"{what}: no whole answer in {patience:g} s") from late
    except (httpx.HTTPError, httpx.InvalidURL) as broken:
        raise LoginFailed("unavailable", f"{what}: {type(broken).__name__}") from broken
    if answer.is_server_error:
        raise LoginFailed("unavailable", f"{what}: {answer.status_code}")
    if not answer.is_success:
        raise LoginFailed("failed", f"{what}: {answer.status_code} {_error_of(body)}")
    return body


def json_object(body: bytes, what: str) -> dict[str, object]:
    """Raises `LoginFailed`; a number too large and an object too deep are as wrong as garbage."""
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError, ValueError) as wrong:
        raise LoginFailed("failed", f"{what}: not a JSON object") from wrong


class Kept(Generic[T]):
    """Something a provider publishes: kept for `fresh`, used up to `at_worst` while it cannot be had anew.

    One asks at a time; who wishes it anew before its time (`anew`) is heard three times a minute and no more, so that
    nobody makes us hammer a provider.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[T]],
        clock: Callable[[], datetime],
        *,
        fresh: timedelta,
        at_worst: timedelta,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._fresh = fresh
        self._at_worst = at_worst
        self._value: T | None = None
        self._had_at = self._failed_at = datetime.min.replace(tzinfo=clock().tzinfo)
        self._forced: list[datetime] = []
        self._lock = asyncio.Lock()

    async def value(self) -> T:
        """Raises `LoginFailed` when there is none and it cannot be had."""
        async with self._lock:
            now = self._clock()
            if self._value is None or now - self._had_at > self._fresh:
                await self._try(now)
            return self._still_good(now)

    async def anew(self) -> T:
        """As it is now at the provider, if it was not asked for anew too often."""
        async with self._lock:
            now = self._clock()
            self._forced = [at for at in self._forced if now - at < FORCED_WITHIN]
            if len(self._forced) < FORCED_AT_MOST:
                self._forced.append(now)
                await self._try(now)
            return self._still_good(now)

    async def _try(self, now: datetime) -> None:
        if now - self._failed_at < RESTS_AFTER_FAILURE:
            return
        try:
            self._value, self._had_at = await self._fetch(), now
        except LoginFailed:
            self._failed_at = now
            if self._value is None:
                raise

    def _still_good(self, now: datetime) -> T:
        if self._value is None or now - self._had_at > self._at_worst:
            raise LoginFailed("unavailable", "what the provider publishes could not be had")
        return self._value


def error_name(told: object) -> str:
    """An OAuth error as it may stand in a log: a word of the standards' shape, or none at all."""
    return told if isinstance(told, str) and _ERROR.fullmatch(told) else "no known error"


def _error_of(body: bytes) -> str:
    try:
        return error_name(json_object(body, "").get("error"))
    except LoginFailed:
        return "no reason given"


async def _bounded(answer: httpx.Response, what: str) -> bytes:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise LoginFailed("failed", f"{what}: packed though nobody asked for it")
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise LoginFailed("failed", f"{what}: the answer does not end")
    return bytes(body)
