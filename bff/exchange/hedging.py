"""A second question beside a slow one: off unless a manifest wishes it, never while a service is in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bff.exchange import meters
from bff.exchange.silence import Silent, Why

T = TypeVar("T")
Act = Callable[[], Awaitable[T]]
_UNSURE = (Why.TIMEOUT, Why.UNAVAILABLE)


async def first_of(act: Act[T], hedge: Act[T], *, after: float, may: Callable[[], bool], source: str) -> T:
    """What the first of both tells; the other is broken off. A silence counts when it is an answer, or the last."""
    asking: set[asyncio.Future[T]] = {asyncio.ensure_future(act())}
    try:
        done, _ = await asyncio.wait(asking, timeout=after)
        if not done and may():
            meters.HEDGED.labels(source).inc()
            asking.add(asyncio.ensure_future(hedge()))
        return await _first(asking)
    finally:
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)


async def _first(asking: set[asyncio.Future[T]]) -> T:
    left = asking
    while True:
        done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            error = one.exception()
            is_unsure = isinstance(error, Silent) and error.why in _UNSURE
            if not (is_unsure and left):
                return one.result()
