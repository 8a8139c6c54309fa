"""Tables of this room; made by migrations 0039, 0045, 0047 and 0049."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, SmallInteger, Table, Text, Uuid

metadata = MetaData()

reach_addresses = Table(
    "reach_addresses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("stopped_at", DateTime(timezone=True)),
    Column("bounced_at", DateTime(timezone=True)),
    Column("tries", SmallInteger, nullable=False),
)

reach_letters = Table(
    "reach_letters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("whole", Integer, nullable=False, server_default="0"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)

reach_letter_parts = Table(
    "reach_letter_parts",
    metadata,
    Column("list", Uuid, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("ward", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("printed_at", DateTime(timezone=True)),
    Column("printed_by", Uuid),
)
