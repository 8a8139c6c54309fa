"""Tables of this room; made by the migration named senders."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_moment = DateTime(timezone=True)

senders = Table(
    "senders",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ward", Text),
    Column("name", JSONB, nullable=False),
    Column("url", Text),
    Column("made_at", _moment, nullable=False),
)

sender_keys = Table(
    "sender_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sender", Text, ForeignKey("senders.id", ondelete="CASCADE"), nullable=False),
    Column("ward", Text),
    Column("label", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("used_at", _moment),
    Column("revoked_at", _moment),
)

sender_consents = Table(
    "sender_consents",
    metadata,
    Column("sender", Text, ForeignKey("senders.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("given_at", _moment, nullable=False),
    Column("ended_at", _moment),
)

sender_events = Table(
    "sender_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sender", Text, ForeignKey("senders.id", ondelete="CASCADE"), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("state", Text, nullable=False),
    Column("resident", Uuid),
    Column("subject", LargeBinary, nullable=False),
    Column("body", LargeBinary),
    Column("case_key", LargeBinary),
    Column("notice", Uuid),
    Column("at", _moment, nullable=False),
    Column("taken_at", _moment, nullable=False),
    Column("waits_until", _moment),
    Column("opened_at", _moment),
)

sender_calls = Table(
    "sender_calls",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sender", Text, ForeignKey("senders.id", ondelete="CASCADE"), nullable=False),
    Column("body", JSONB, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("status", Integer),
    Column("made_at", _moment, nullable=False),
    Column("done_at", _moment),
    Column("given_up_at", _moment),
)
