"""Her list of who looked, a page at a time: rows, officials and questions in three statements, however long it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bff.db import Database
from bff.exchange import message_log
from bff.exchange.message_log import ANSWERED, LogRow, Only
from bff.exchange.texts import look_text, outcome_text, role_text, what_text, who_text
from bff.identity import staff
from bff.identity.staff import Official
from bff.ledger import questions
from bff.ledger.questions import Question
from life_events.terms import Text

MANDATE = "mandate:"
ACTS = frozenset({"submit", "do_task"})
"""Not looked at but done for her; the row is written before anything comes of it."""
NAMED_FIRST = ("case_worker", "school", "auditor", "administrator", "approver", "editor", "operator")


@dataclass(frozen=True)
class Seen:
    """One entry with who looked, when that was an official who is still known, and her newest question about it."""

    row: LogRow
    official: Official | None = None
    question: Question | None = None

    def who(self, wards: Mapping[str, Text], hands: Mapping[str, Text]) -> Text | None:
        """`hands`: who acts for her, by the case of their looks. None: told to us by the body that the entry names."""
        if self.row.direction == "in":
            return None
        if self.row.direction == "out":
            return who_text("system" if self._by_her_hand else "house")
        kind, _, at = (self.row.caller or "").partition("/")
        if kind != "official":
            return hands.get(self.row.issue or "") or who_text(kind)
        return _official(who_text("official"), wards.get(at, Text(ja=at, easy=at, en=at)), self.official)

    @property
    def _by_her_hand(self) -> bool:
        """What was handed in is carried to the ward and followed there by the house, whoever handed it in."""
        return self.row.asker == "resident" and self.row.purpose != "application"

    @property
    def case(self) -> str | None:
        """The case or reason a person named; None: no person looked, or it rests on a mandate, which `who` tells."""
        issue = self.row.issue if self.row.direction == "within" else None
        return None if issue is not None and issue.startswith(MANDATE) else issue

    @property
    def what(self) -> Text | None:
        """What was looked at within the house; None: what the source is called says it."""
        return what_text(self.row.service) if self.row.direction == "within" else None

    @property
    def outcome(self) -> Text:
        """How it went, in words."""
        if self.row.direction == "within":
            acted = self.row.service in ACTS and self.row.outcome == ANSWERED
            return look_text("acted" if acted else self.row.outcome)
        return outcome_text(self.row.outcome, incoming=self.row.incoming)


async def page(
    db: Database, resident: UUID, *, first: int, after: tuple[datetime, int] | None, only: Only
) -> Sequence[Seen]:
    async with db.resident(resident) as conn:
        rows = await message_log.readings(conn, resident, first=first, after=after, only=only)
        asked = await questions.of_entries(conn, resident, [row.id for row in rows])
    looked = await offices(db, rows)
    return [Seen(row, looked.get(row.user_id or ""), asked.get(row.id)) for row in rows]


async def one(db: Database, resident: UUID, id: int) -> Seen | None:
    async with db.resident(resident) as conn:
        row = await message_log.reading(conn, resident, id)
        asked = await questions.of_entries(conn, resident, [id])
    if row is None:
        return None
    return Seen(row, (await offices(db, [row])).get(row.user_id or ""), asked.get(id))


async def offices(db: Database, rows: Sequence[LogRow]) -> Mapping[str, Official]:
    """The officials among those who looked, by id; officials have no door of hers, and no name of one is shown."""
    ids = {UUID(row.user_id) for row in rows if row.user_id and (row.caller or "").startswith("official/")}
    if not ids:
        return {}
    async with db.house() as conn:
        return {str(one.id): one for one in await staff.known(conn, ids)}


def _official(pattern: Text, ward: Text, official: Official | None) -> Text:
    roles = official.roles if official else frozenset()
    role = role_text(next((one for one in NAMED_FIRST if one in roles), "unknown"))
    office = official.department if official else ""
    return pattern.changed(
        lambda language, said: said.format(
            ward=ward.in_language(language), office=office, role=role.in_language(language)
        )
    )
