"""Tables of this room; made by migrations 0026 and 0035."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

desk_procedures = Table(
    "desk_procedures",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("procedure", Text, primary_key=True),
    Column("here", Boolean, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("sample_percent", Integer, nullable=False),
    Column("standard_days", Integer),
    Column("chosen_by", Text, nullable=False),
    Column("chosen_at", DateTime(timezone=True), nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("application", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("receipt_number", Text, nullable=False),
    Column("arrived_at", DateTime(timezone=True), nullable=False),
    Column("due", Date),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("claimed_by", Uuid),
    Column("claimed_name", Text),
    Column("claimed_at", DateTime(timezone=True)),
    Column("risks", ARRAY(Text), nullable=False),
    Column("checked", JSONB),
    Column("sampled", Boolean, nullable=False),
    Column("outcome", Text),
    Column("closed_at", DateTime(timezone=True)),
    Column("decided_by", Text),
    Column("automatic", Boolean, nullable=False),
    Column("handover", Text, nullable=False),
    Column("handover_number", Text),
    Column("handover_tries", Integer, nullable=False),
    Column("handover_fault", Text),
    Column("handover_at", DateTime(timezone=True)),
    Column("channel", Text, nullable=False, server_default="online"),
)

case_log = Table(
    "case_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("application", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Uuid),
    Column("by_name", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", LargeBinary),
)
