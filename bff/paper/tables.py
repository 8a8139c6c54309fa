"""Tables of this room; made by migration 0035."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()
_moment = DateTime(timezone=True)

paper_numbers = Sequence("paper_numbers", metadata=metadata)

paper_intakes = Table(
    "paper_intakes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("ward", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("pages", SmallInteger, nullable=False),
    Column("reading", Text, nullable=False),
    Column("why", Text),
    Column("key_id", Text, nullable=False),
    Column("data_key", LargeBinary, nullable=False),
    Column("read", LargeBinary),
    Column("draft", LargeBinary),
    Column("version", Integer, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("made_by_name", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("touched_at", _moment, nullable=False),
    Column("claimed_by", Uuid, nullable=False),
    Column("claimed_name", Text, nullable=False),
    Column("filed_at", _moment),
    Column("application", Uuid),
    Column("resident", Uuid),
)

paper_pages = Table(
    "paper_pages",
    metadata,
    Column("intake", Uuid, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

paper_people = Table(
    "paper_people",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)
