"""Linked IDs: one row for each, with what it told, sealed."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

linked_ids = Table(
    "linked_ids",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("provider", Text, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("sub", Text, nullable=False),
    Column("told", LargeBinary, nullable=False),
    Column("linked_at", DateTime(timezone=True), nullable=False),
    Column("told_at", DateTime(timezone=True), nullable=False),
)
