"""Table of incidents; made by migration 0060. Nobody's data is in it."""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, MetaData, Table, Text, Uuid

metadata = MetaData()

incidents = Table(
    "incidents",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("began", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True)),
    Column("degree", Text, nullable=False),
    Column("functions", ARRAY(Text), nullable=False),
    Column("text_ja", Text, nullable=False),
    Column("text_easy", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("official", Uuid),
    Column("official_name", Text, nullable=False),
)
