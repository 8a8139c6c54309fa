"""Tables of this room; made by migration 0033. Neither holds a person who lives here."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

effect_days = Table(
    "effect_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("ward", Text, primary_key=True),
    Column("procedure", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("n", BigInteger, nullable=False),
)

effect_assumptions = Table(
    "effect_assumptions",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("said", JSONB, nullable=False),
    Column("by", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
