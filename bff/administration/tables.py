"""Tables of this room; made by migration 0061."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_moment = DateTime(timezone=True)

catalogue_amendments = Table(
    "catalogue_amendments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("made_by_name", Text, nullable=False),
    Column("starts_at", _moment),
    Column("agreed_at", _moment),
    Column("agreed_by", Uuid),
    Column("agreed_by_name", Text),
    Column("goes_back_to", Uuid),
    Column("is_way_back", Boolean, nullable=False),
)

ward_banners = Table(
    "ward_banners",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("text_ja", Text, nullable=False),
    Column("text_easy", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("begins", _moment, nullable=False),
    Column("ends", _moment, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("made_by_name", Text, nullable=False),
    Column("agreed_at", _moment, nullable=False),
    Column("agreed_by", Uuid, nullable=False),
    Column("agreed_by_name", Text, nullable=False),
    Column("ended_at", _moment),
    Column("ended_by_name", Text),
)
