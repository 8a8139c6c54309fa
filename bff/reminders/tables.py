"""Tables of this room; made by the migration named reminders."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Uuid

metadata = MetaData()

reminders_told = Table(
    "reminders_told",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("told_at", DateTime(timezone=True), nullable=False),
)
