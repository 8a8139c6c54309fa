"""Tables of this room; made by migration 0030."""

from __future__ import annotations

from sqlalchemy import ARRAY, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_moment = DateTime(timezone=True)

facility_versions = Table(
    "facility_versions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("good", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
    Column("warned", Integer, nullable=False),
    Column("flaws", JSONB, nullable=False),
    Column("missing", ARRAY(Text), nullable=False),
    Column("as_of", Date),
    Column("source_url", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("published_at", _moment),
    Column("published_by", Text),
)

facilities = Table(
    "facilities",
    metadata,
    Column("version", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("id", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("body", JSONB, nullable=False),
)
