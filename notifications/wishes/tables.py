"""Wishes about being told; made by the migration named wishes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, MetaData, Table, Text, Time, Uuid

metadata = MetaData()

mail_wishes = Table(
    "mail_wishes",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("digest", Text, nullable=False),
    Column("digest_at", Time, nullable=False),
    Column("by_event", Boolean, nullable=False),
    Column("chosen_at", DateTime(timezone=True), nullable=False),
)

mail_mutes = Table(
    "mail_mutes",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
)
