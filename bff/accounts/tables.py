"""Codes given at a desk, wishes to make two accounts one, accounts closed; made by migration 0016."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
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

merge_wishes = Table(
    "merge_wishes",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("made_at", _moment, nullable=False),
)

desk_codes = Table(
    "desk_codes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("checked", Text, nullable=False),
    Column("case_number", Text, nullable=False),
    Column("official", Uuid, nullable=False),
    Column("official_name", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("needs_second", Boolean, nullable=False),
    Column("second", Uuid),
    Column("second_name", Text),
    Column("second_at", _moment),
    Column("place", Text),
    Column("code_hash", LargeBinary),
    Column("expires_at", _moment),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("ended_at", _moment),
    Column("ended", Text),
)

desk_numbers = Sequence("desk_numbers", metadata=metadata)

closures = Table(
    "closures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("case_number", Text, nullable=False),
    Column("kept_days", Integer, nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_name", Text, nullable=False),
    Column("asked_at", _moment, nullable=False),
    Column("decided_by", Uuid),
    Column("decided_name", Text),
    Column("decided_at", _moment),
    Column("outcome", Text),
    Column("reopened_by", Uuid),
    Column("reopened_name", Text),
    Column("reopened_at", _moment),
    Column("reopened_why", Text),
)
