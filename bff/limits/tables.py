"""Marks of tries, and of whom was refused: keyed hashes only."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

limit_marks = Table(
    "limit_marks",
    metadata,
    Column("mark", LargeBinary, primary_key=True),
    Column("free_at", DateTime(timezone=True), nullable=False),
)

limit_refusals = Table(
    "limit_refusals",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("per", Text, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("seconds", Integer, nullable=False),
)
