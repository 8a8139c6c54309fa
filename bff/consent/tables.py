"""Grants: one row for each time a resident said yes."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, MetaData, Table, Text, Uuid

metadata = MetaData()

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("source", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)

consents_answered = Table(
    "consents_answered",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("text_version", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
