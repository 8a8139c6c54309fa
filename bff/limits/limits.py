"""Taking a try, and being refused one."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from prometheus_client import Counter

from bff.db import Database
from bff.errors import TooManyTries
from bff.limits import marks
from bff.limits.address import address_of
from bff.limits.crowd import BOUNDLESS, Crowd
from bff.limits.kinds import Allowance, Kind, kinds
from bff.limits.shared import Away, Shared
from bff.settings.reading import Networks
from bff.texts import say

REMEMBERED: Final = 20_000
Value = TypeVar("Value")
REFUSED = Counter("kurashimado_too_many_tries_total", "Requests refused since there were too many", ["kind", "per"])


class Limits:
    """Counts tries of all processes in the database; `secret` keys the hashes under which it does. `crowd`: of this
    process; None: it bears anything. `shared`: a Valkey that counts instead while it answers."""

    def __init__(
        self,
        db: Database,
        *,
        clock: Callable[[], datetime],
        secret: bytes,
        trusted: Networks,
        factor: float,
        crowd: Crowd | None = None,
        shared: Shared | None = None,
    ) -> None:
        self._shared = shared
        self.crowd = crowd or Crowd(BOUNDLESS, lambda: 0.0)
        self._db, self._clock, self._trusted = db, clock, trusted
        self._secret = hmac.digest(secret, b"limits", hashlib.sha256)
        self._kinds = {name: _times(kind, factor) for name, kind in kinds().items()}
        self._left: OrderedDict[bytes, tuple[int, datetime]] = OrderedDict()
        self._asked: OrderedDict[bytes, datetime] = OrderedDict()
        self._refused: OrderedDict[bytes, datetime] = OrderedDict()

    def address(self, headers: Mapping[str, str], peer: str | None) -> str:
        """Where a request comes from, as a limit counts it; `peer` is who holds the connection."""
        return address_of(headers, peer, self._trusted)

    async def take(self, kind: str, *, account: UUID | str | bytes | None = None, address: str | None = None) -> None:
        """One try of `kind` (kinds.toml). Raises `TooManyTries`, with a row for whoever watches over the doors.

        The address is asked first: whoever makes up accounts meets the limit of the address.
        """
        allowed = self._kinds[kind]
        if allowed.address and address is not None:
            await self._one(kind, "address", address.encode(), allowed.address)
        if allowed.account and account is not None:
            whose = account if isinstance(account, bytes) else str(account).encode()
            await self._one(kind, "account", whose, allowed.account)

    async def take_for(self, kind: str, what: bytes, *, account: UUID | str | bytes) -> None:
        """One try for each `what`; the same again is free while this process remembers it. Raises `TooManyTries`."""
        now, told = self._clock(), f"{kind}|{account!s}|".encode() + what
        mark = hmac.digest(self._secret, told, hashlib.sha256)[:16]
        if now < self._asked.get(mark, now):
            return
        await self.take(kind, account=account)
        _keep(self._asked, mark, now + self._kinds[kind].account.whole)  # type: ignore[union-attr]

    async def _one(self, kind: str, per: str, whose: bytes, allowed: Allowance) -> None:
        now = self._clock()
        mark = hmac.digest(self._secret, b"%b\0%b\0%b" % (kind.encode(), per.encode(), whose), hashlib.sha256)[:16]
        if (until := self._refused.get(mark)) is not None:
            if now < until:
                raise _too_many(kind, per, until - now)
            del self._refused[mark]
        if self._has_left(mark, allowed, now):
            return
        wait = await self._taken(mark, allowed, now)
        if wait is not None:
            async with self._db.house() as conn:
                await marks.note_refused(conn, kind=kind, per=per, mark=mark, wait=wait, now=now)
            _keep(self._refused, mark, now + wait)
            raise _too_many(kind, per, wait)
        _keep(self._left, mark, (allowed.lease - 1, now + allowed.whole))

    async def _taken(self, mark: bytes, allowed: Allowance, now: datetime) -> timedelta | None:
        """Of the Valkey's marks or the database's; None: granted."""
        if self._shared is not None:
            with suppress(Away):
                return await self._shared.take(mark, allowed, now)
        async with self._db.house() as conn:
            return await marks.take(conn, mark, allowed, now)

    async def close(self) -> None:
        if self._shared is not None:
            await self._shared.close()

    def _has_left(self, mark: bytes, allowed: Allowance, now: datetime) -> bool:
        """Of what this process took already; the first lease of a while is given without asking."""
        if allowed.lease == 1:
            return False
        left, until = self._left.get(mark, (allowed.lease, now + allowed.whole))
        if now >= until:
            left, until = allowed.lease, now + allowed.whole
        if left == 0:
            return False
        _keep(self._left, mark, (left - 1, until))
        return True


def _keep(memory: OrderedDict[bytes, Value], mark: bytes, value: Value) -> None:
    memory[mark] = value
    memory.move_to_end(mark)
    if len(memory) > REMEMBERED:
        memory.popitem(last=False)


def _times(kind: Kind, factor: float) -> Kind:
    account, address = kind.account, kind.address
    return Kind(account and account.times(factor), address and address.times(factor))


def _too_many(kind: str, per: str, wait: timedelta) -> TooManyTries:
    REFUSED.labels(kind, per).inc()
    seconds = max(1, math.ceil(wait.total_seconds()))
    minutes = str(max(1, math.ceil(seconds / 60)))
    return TooManyTries(say("too_many_tries", minutes=minutes), retry_after=seconds)
