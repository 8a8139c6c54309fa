"""Tables of the mail room; made by migration 0003. Deliveries and pushes are partitioned by the month of `sent_on`."""

from __future__ import annotations

from sqlalchemy import (
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


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


contacts = Table(
    "contacts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("ward", Text),
    Column("language", Text, nullable=False),
    _moment("kept_at"),
)

contact_children = Table(
    "contact_children",
    metadata,
    Column("resident", Uuid, ForeignKey("contacts.resident", ondelete="CASCADE"), primary_key=True),
    Column("birth_date", Date, primary_key=True),
    Column("ward", Text),
)

contact_schools = Table(
    "contact_schools",
    metadata,
    Column("resident", Uuid, ForeignKey("contacts.resident", ondelete="CASCADE"), primary_key=True),
    Column("school", Text, primary_key=True),
    Column("ward", Text, nullable=False),
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
    Column("reached_resident", Uuid),
    Column("chunks", Integer, nullable=False),
    Column("expanded", Boolean, nullable=False),
    Column("school", Text),
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
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("sent_on", Date, primary_key=True),
    Column("notice", Uuid, primary_key=True),
    Column("resident", Uuid, primary_key=True),
    Column("ward", Text),
    _moment("sent_at"),
    _moment("opened_at", nullable=True),
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
)

TO_DO = text("pushes.state IN ('waiting', 'sending')")
"""As the index pushes_to_do says it: with parameters instead of words the planner could not know that it fits."""
