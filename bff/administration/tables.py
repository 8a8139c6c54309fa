"""Tables of this room; made by migrations 0061 and 0062."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Identity, Integer, MetaData, Table, Text, Uuid
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

ward_stages = Table(
    "ward_stages",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("at", _moment, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("agreed_by_name", Text),
)

ward_ticks = Table(
    "ward_ticks",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("ward", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("ticked", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", _moment, nullable=False),
    Column("by_name", Text, nullable=False),
)

ward_testers = Table(
    "ward_testers",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("resident", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("at", _moment, nullable=False),
    Column("by_name", Text, nullable=False),
)

key_rewraps = Table(
    "key_rewraps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("begun_at", _moment, nullable=False),
    Column("begun_by_name", Text, nullable=False),
    Column("whole", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("ended_at", _moment),
    Column("fault", Text),
)
