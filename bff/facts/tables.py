"""Kept facts: one row for each resident and source."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()
_moment = DateTime(timezone=True)

kept_facts = Table(
    "kept_facts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("value", LargeBinary),
    Column("told_at", _moment),
    Column("expires_at", _moment),
    Column("silent_since", _moment),
    Column("silent_why", Text),
    Column("asked_at", _moment),
)
