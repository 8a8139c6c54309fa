"""Tables of this room; made by migration 0028."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()
_moment = DateTime(timezone=True)

asked_parts = Table(
    "asked_parts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("subject", Text),
    Column("part", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("application", Uuid),
    Column("state", Text, nullable=False),
    Column("asked", LargeBinary, nullable=False),
    Column("written", LargeBinary),
    Column("reason", LargeBinary),
    Column("code_hash", LargeBinary, unique=True),
    Column("ends_on", Date, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("opened_at", _moment),
    Column("settled_at", _moment),
    Column("reminded_at", _moment),
)
