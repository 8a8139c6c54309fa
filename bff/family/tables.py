"""Tables of this room; made by migrations 0018 and 0025."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    Column,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()
_moment = DateTime(timezone=True)

mandates = Table(
    "mandates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("represented", Uuid),
    Column("representative", Uuid),
    Column("person", Text),
    Column("bundles", ARRAY(Text), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("offered", LargeBinary),
    Column("held", LargeBinary),
    Column("done", LargeBinary),
    Column("code_hash", LargeBinary, unique=True),
    Column("code_until", _moment),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("ward", Text),
    Column("official", Uuid),
    Column("case_number", Text),
    Column("made_at", _moment, nullable=False),
    Column("accepted_at", _moment),
    Column("ends_on", Date, nullable=False),
    Column("ended_at", _moment),
    Column("ended_by", Text),
    Column("reminded_at", _moment),
    Column("about", LargeBinary),
)

household_people = Table(
    "household_people",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("tie", Text, nullable=False),
)

protections = Table(
    "protections",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("official", Uuid, nullable=False),
    Column("case_number", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("until", Date, nullable=False),
    Column("ended_at", _moment),
)
