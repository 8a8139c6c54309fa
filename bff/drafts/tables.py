"""Drafts on their way; made by migration 0034."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Uuid

metadata = MetaData()

carried_drafts = Table(
    "carried_drafts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("name", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("kept_until", DateTime(timezone=True), nullable=False),
)
