"""Tables of this room; made by migration 0032."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("about", Text, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    Column("full_words", Boolean, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True)),
)
