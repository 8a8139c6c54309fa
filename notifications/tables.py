"""Tables of the mail room; made by migrations 0003 and 0036. Deliveries, pushes and their chunks are partitioned by the
month of `sent_on`."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
HERSELF: Final = UUID(int=0)
"""In place of a child: she has it by herself."""


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _child(*, primary_key: bool = False) -> Column[UUID]:
    """The pairwise key of the child by whom she has it; HERSELF: her own."""
    return Column("child", Uuid, primary_key=primary_key, nullable=False, server_default=str(HERSELF))


def _of_a_notice() -> tuple[Column[Any], ...]:
    """What a notice and a broadcast have in common since migration 0036."""
    return (
        Column("sender_key", Text, nullable=False, server_default="house"),
        Column("topic", Text, nullable=False, server_default="other"),
        Column("revision", Integer, nullable=False, server_default="1"),
        _moment("revised_at", nullable=True),
        _moment("recalled_at", nullable=True),
        Column("marks", ARRAY(Text), nullable=False, server_default="{}"),
        Column("asks", JSONB),
        _moment("lapses_at", nullable=True),
    )


def _of_a_plan() -> tuple[Column[Any], ...]:
    """When and how a broadcast goes out, and who must agree; since migration 0038."""
    return (
        Column("approvals_needed", SmallInteger, nullable=False, server_default="1"),
        _moment("begins_at", nullable=True),
        Column("repeats", Text),
        Column("repeats_until", Date),
        Column("series", Uuid),
        Column("first_percent", SmallInteger, nullable=False, server_default="0"),
        Column("pause_minutes", Integer, nullable=False, server_default="0"),
        Column("trial", Boolean, nullable=False, server_default="false"),
        Column("knowingly", ARRAY(Uuid), nullable=False, server_default="{}"),
    )


contacts = Table(
    "contacts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("ward", Text),
    Column("language", Text, nullable=False),
    _moment("kept_at"),
    Column("number", Integer, Identity(always=True), nullable=False, unique=True),
)

contact_aliases = Table(
    "contact_aliases",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("resident", Uuid, ForeignKey("contacts.resident", ondelete="CASCADE"), nullable=False),
)
"""Numbers of accounts that have become part of another: what was sent to them is hers."""

contact_children = Table(
    "contact_children",
    metadata,
    Column("resident", Uuid, ForeignKey("contacts.resident", ondelete="CASCADE"), primary_key=True),
    Column("birth_date", Date, primary_key=True),
    Column("ward", Text),
    _child(primary_key=True),
)

contact_marks = Table(
    "contact_marks",
    metadata,
    Column("resident", Uuid, ForeignKey("contacts.resident", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("ward", Text, nullable=False),
    Column("mark", Text, primary_key=True),
    _child(primary_key=True),
)

devices = Table(
    "devices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("session", LargeBinary),
    _moment("made_at"),
    _moment("expires_at"),
    _moment("failed_at", nullable=True),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sender", JSONB, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("act_by", Date),
    Column("about", Text),
    Column("audience", JSONB, nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("approver", Text),
    Column("approver_name", Text),
    Column("note", Text),
    _moment("written_at"),
    _moment("sent_at", nullable=True),
    Column("sent_on", Date),
    Column("school", Text),
    *_of_a_notice(),
    *_of_a_plan(),
    UniqueConstraint("ward", "key"),
)

broadcast_history = Table(
    "broadcast_history",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("broadcast", Uuid, ForeignKey("broadcasts.id", ondelete="CASCADE"), nullable=False),
    Column("ward", Text, nullable=False),
    _moment("at"),
    Column("who", Text),
    Column("who_name", Text),
    Column("what", Text, nullable=False),
    Column("note", Text),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sender", JSONB, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    _moment("sent_at"),
    Column("sent_on", Date, nullable=False),
    Column("act_by", Date),
    Column("about", Text),
    Column("attachments", JSONB, nullable=False, server_default="[]"),
    Column("copy_of", Uuid),
    *_of_a_notice(),
)
"""`copy_of`: of a child's other guardian, the notice whose words it has."""

notice_revisions = Table(
    "notice_revisions",
    metadata,
    Column("notice", Uuid, ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("sender", JSONB, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    _moment("at"),
    Column("why", Text, nullable=False),
)
"""What a notice said before; what it says now is in `notices`."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("sent_on", Date, primary_key=True),
    Column("notice", Uuid, primary_key=True),
    Column("resident", Uuid, primary_key=True),
    Column("ward", Text),
    _moment("sent_at"),
    Column("child", Uuid),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("notice", Uuid, ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("serial", BigInteger, nullable=False, unique=True),
    Column("ward", Text, nullable=False),
    _moment("sent_at"),
    _moment("lapses_at"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("size", Integer, nullable=False),
    Column("members", LargeBinary, nullable=False),
    Column("stages", JSONB, nullable=False, server_default="[]"),
    _moment("stopped_at", nullable=True),
)
"""Who a broadcast is for: the roaring bitmap of their numbers. A trigger gives each change the next serial, in
the order in which they are committed."""

notice_acts = Table(
    "notice_acts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("notice", Uuid, primary_key=True),
    Column("number", Integer),
    Column("ward", Text),
    _child(),
    Column("revision", Integer, nullable=False, server_default="1"),
    _moment("opened_at", nullable=True),
    _moment("confirmed_at", nullable=True),
    _moment("answered_at", nullable=True),
    _moment("archived_at", nullable=True),
    _moment("unread_at", nullable=True),
)
"""What she did with a notice; `ward` null: it was told to her alone."""

push_chunks = Table(
    "push_chunks",
    metadata,
    Column("sent_on", Date, primary_key=True),
    Column("notice", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("chunk", Integer, primary_key=True, autoincrement=False),
    Column("ward", Text),
    Column("wave", Integer, nullable=False, server_default="0"),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    _moment("due_at"),
    _moment("claimed_at", nullable=True),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("size", Integer, nullable=False, server_default="0"),
)

pushes = Table(
    "pushes",
    metadata,
    Column("sent_on", Date, primary_key=True),
    Column("notice", Uuid, primary_key=True),
    Column("device", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text),
    Column("language", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("chunk", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    _moment("due_at"),
    _moment("claimed_at", nullable=True),
    _moment("settled_at", nullable=True),
    Column("revision", Integer, nullable=False, server_default="1"),
)

push_trials = Table(
    "push_trials",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("device", Uuid, nullable=False),
    _moment("made_at"),
    Column("outcome", Text),
    _moment("settled_at", nullable=True),
)
"""A push she asked for, to see whether it arrives at this phone."""

TO_DO = text("pushes.state IN ('waiting', 'sending')")
"""As the index pushes_to_do says it: with parameters instead of words the planner could not know that it fits."""
