"""Tables of this room; made by migration 0029."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()
_moment = DateTime(timezone=True)

documents = Table(
    "documents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("content", LargeBinary),
    Column("seal", LargeBinary),
    Column("fetched_at", _moment, nullable=False),
    Column("valid_until", Date),
    Column("deleted_at", _moment),
    Column("reminded_at", _moment),
)
