"""Tables of the officials' desk; made by migration 0038."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, SmallInteger, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from notifications.tables import metadata


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _of_broadcast(*, primary_key: bool = False) -> Column[object]:
    whole = ForeignKey("broadcasts.id", ondelete="CASCADE")
    return Column("broadcast", Uuid, whole, primary_key=primary_key, nullable=False)


approvals = Table(
    "broadcast_approvals",
    metadata,
    _of_broadcast(primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("who", Text, primary_key=True),
    Column("who_name", Text, nullable=False),
    Column("ward", Text, nullable=False),
    _moment("at"),
)

corrections = Table(
    "broadcast_corrections",
    metadata,
    Column("id", Uuid, primary_key=True),
    _of_broadcast(),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("revision", Integer, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("at"),
    _moment("decided_at", nullable=True),
    Column("decided_by", Text),
    Column("decided_by_name", Text),
    Column("agreed", Boolean),
)
"""What a sent notice shall say instead; `revision`: the one it was written over."""

saved_audiences = Table(
    "saved_audiences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("name", Text, nullable=False),
    Column("audience", JSONB, nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("at"),
)

lists = Table(
    "mail_lists",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("at"),
    Column("ends_on", Date, nullable=False),
)
"""Who is on it stands in the address book alone, as the mark list:<id>."""

templates = Table(
    "mail_templates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    _moment("retired_at", nullable=True),
)

template_versions = Table(
    "mail_template_versions",
    metadata,
    Column("template", Uuid, ForeignKey("mail_templates.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("kind", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("at"),
)

settings = Table(
    "mail_settings",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("class_size", Integer, nullable=False),
    Column("class_approvals", SmallInteger, nullable=False),
    Column("large_from", Integer, nullable=False),
    Column("large_approvals", SmallInteger, nullable=False),
    Column("budget", SmallInteger, nullable=False),
    Column("trials", SmallInteger, nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("at"),
)

senders = Table(
    "mail_senders",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("who", Text, primary_key=True),
    Column("who_name", Text, nullable=False),
    Column("school", Text),
    Column("trials", Integer, nullable=False),
    _moment("trusted_at", nullable=True),
    Column("trusted_by_name", Text),
)
