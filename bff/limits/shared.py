"""Marks in a Valkey that all processes share: the same algorithm as `marks`, as one script, so that a try costs the
database nothing. What is lost with it are marks of minutes; while it is away, the database counts again."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Final

import structlog
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from bff.limits.kinds import Allowance

log = structlog.get_logger()
PATIENCE: Final = 0.25
"""Seconds it may take; it stands beside us, and a person waits."""
RESTS: Final = 5.0
_KEY: Final = b"kurashimado:tries:"
_TAKE: Final = """
local now, cost, whole = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + cost
if free > now + whole then return string.format('%.0f', free - now - whole) end
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', math.ceil((free - now) / 1000))
return '0'
"""
_MICROSECOND: Final = timedelta(microseconds=1)


class Away(Exception):
    """It does not answer, or has not lately."""


class Shared:
    """At `url`; connected to when first asked."""

    def __init__(self, url: str) -> None:
        self._valkey: Valkey = Valkey.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._take = self._valkey.register_script(_TAKE)
        self._rests_until = 0.0

    async def take(self, mark: bytes, allowed: Allowance, now: datetime) -> timedelta | None:
        """Takes a lease of tries; None: granted; else in how long one is free again. Raises `Away`."""
        if time.monotonic() < self._rests_until:
            raise Away
        told = [
            round(now.timestamp() * 1_000_000),
            allowed.step * allowed.lease // _MICROSECOND,
            allowed.whole // _MICROSECOND,
        ]
        try:
            wait = int(await self._take(keys=[_KEY + mark], args=told))
        except (ValkeyError, OSError) as away:
            self._rests_until = time.monotonic() + RESTS
            log.warning("Valkey does not answer; the database counts tries meanwhile", why=type(away).__name__)
            raise Away from away
        return max(timedelta(seconds=1), wait * _MICROSECOND) if wait else None

    async def close(self) -> None:
        await self._valkey.aclose()
