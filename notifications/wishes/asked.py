"""May this be sent to her now? Asked at the moment of sending, by push and by every later rung of the ladder.

Twice, and they agree (tests/notifications/wishes): `holds_back` for one resident whose wishes are known, and `JOINS`
with `HELD_UNTIL` for a statement over many. An emergency passes everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from notifications.notice import Kind
from notifications.wishes.wish import Wishes, next_time

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""What is muted is told then: it waits in the inbox for her to look."""


class Told(Protocol):
    """The part of a notice that is looked at. `sent_at`: of the revision that is being sent."""

    @property
    def kind(self) -> Kind: ...
    @property
    def sender_key(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class HeldBack:
    """It may be sent from `until` on; NEVER: it is muted."""

    until: datetime


def holds_back(wishes: Wishes, told: Told, now: datetime) -> HeldBack | None:
    """None: it may be sent now. A digest's moment that falls into quiet hours comes at their end."""
    if told.kind is Kind.EMERGENCY:
        return None
    if wishes.mutes & {f"sender:{told.sender_key}", f"topic:{told.topic}"}:
        return HeldBack(NEVER)
    due = now if wishes.digest_at is None else max(now, next_time(wishes.digest_at, told.sent_at))
    at = due if wishes.quiet is None else wishes.quiet.over(due)
    return None if at == now else HeldBack(at)


def joins(resident: str) -> str:
    """To be joined after the table whose column `resident` (as `c.resident`) says who is to be told."""
    return f"""
        LEFT JOIN mail_wishes AS wishes ON wishes.resident = {resident}
        LEFT JOIN (
            SELECT DISTINCT resident FROM mail_mutes WHERE what = ANY (CAST(:wish_mutes AS text[]))
        ) AS muted ON muted.resident = {resident}
    """  # noqa: S608 - a name of ours


HELD_UNTIL = f"""(CASE
    WHEN CAST(:wish_passes AS boolean) THEN NULL
    WHEN muted.resident IS NOT NULL THEN CAST('{NEVER.isoformat()}' AS timestamptz)
    WHEN wishes.resident IS NOT NULL THEN mail_room_held_until(
        CASE WHEN wishes.digest = 'daily' THEN wishes.digest_at END, wishes.quiet_from, wishes.quiet_until,
        CAST(:wish_sent_at AS timestamptz), CAST(:wish_now AS timestamptz))
END)"""
"""A timestamptz of each row: NULL, it may be sent now; NEVER, it is muted; else from when on. Needs `joins` and
`binds`; the function is of migration wishes."""

DIGEST_AT = """(CASE
    WHEN CAST(:wish_passes AS boolean) OR muted.resident IS NOT NULL THEN NULL
    WHEN wishes.digest = 'daily' THEN mail_room_held_until(
        wishes.digest_at, wishes.quiet_from, wishes.quiet_until,
        CAST(:wish_now AS timestamptz), CAST(:wish_now AS timestamptz))
END)"""
"""A timestamptz of each row: when her next summary comes that is to tell it; NULL: she wants none, or this is not for
it. However late it is sent, after one summary it waits for the next."""


def binds(told: Told, now: datetime) -> dict[str, object]:
    """What `joins` and `HELD_UNTIL` ask for."""
    return {
        "wish_passes": told.kind is Kind.EMERGENCY,
        "wish_mutes": [f"sender:{told.sender_key}", f"topic:{told.topic}"],
        "wish_now": now,
        "wish_sent_at": told.sent_at,
    }
