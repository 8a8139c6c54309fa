"""How an event stands, for all whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bff.senders import trial
from bff.senders.store import Kept


@dataclass(frozen=True)
class Taken:
    """`fresh` False: it was there before, in this revision or an older one."""

    name: str
    state: str
    revision: int
    fresh: bool


def state_of(rows: Sequence[Kept]) -> str:
    if rows[0].state == "withdrawn":
        return "withdrawn"
    if rows[0].trial:
        return trial.state_of(rows[0])
    return "opened" if any(one.opened_at for one in rows) else rows[0].state
