"""What has come within reach: a home compared with the one last judged, and what is remembered for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.judged import judged, keep_judged
from bff.home.home import Home
from bff.identity.residents import Resident
from life_events import Change, ChangeKind, Mark, Plan, StepState, marks

COMES_WITHIN_REACH = frozenset({ChangeKind.NEW, ChangeKind.NOW_POSSIBLE, ChangeKind.REOPENED})
SUPPORT = frozenset({"benefit", "support"})


async def remember(conn: AsyncConnection, resident: Resident, home: Home, now: datetime) -> Sequence[Mark]:
    """Keep her steps as they stand now; those of the time before, empty when there was none.

    Also kept when she answers a question: what her own answer brought she has seen.
    """
    before = await judged(conn, resident)
    if before is None and any(source.state == "waiting" for source in home.sources):
        return ()
    await keep_judged(conn, resident, _lasting(marks(Plan(tuple(home.bundles))), before or ()), now)
    return before or ()


def within_reach(home: Home, before: Sequence[Mark]) -> list[Change]:
    """The support she may ask for now and could not before."""
    return [
        change
        for change in home.changes(before)
        if change.kind in COMES_WITHIN_REACH and (step := home.step(change.step)) and step.category in SUPPORT
    ]


def _lasting(now: Sequence[Mark], before: Sequence[Mark]) -> tuple[Mark, ...]:
    """What a source that has told nothing for a while hides stays as it was, so that its return is no news."""
    silent = {_procedure(mark) for mark in now if mark.state is StepState.UNHEARD}
    old = [mark for mark in before if _procedure(mark) in silent]
    hidden = {_procedure(mark) for mark in old}
    return (*(mark for mark in now if _procedure(mark) not in hidden), *old)


def _procedure(mark: Mark) -> str:
    return mark.step.partition(":")[0]
