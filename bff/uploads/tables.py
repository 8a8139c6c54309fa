"""Files of residents, sealed."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

uploads = Table(
    "uploads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("kept_until", DateTime(timezone=True), nullable=False),
)
