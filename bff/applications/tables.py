"""Tables of this room; made by migrations 0004, 0006, 0018, 0026, 0033, 0034 and 0035."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

applications = Table(
    "applications",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("subject", Text),
    Column("version", Text, nullable=False),
    Column("receipt_number", Text, nullable=False, unique=True),
    Column("answers", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("ward_number", Text),
    Column("completed_at", DateTime(timezone=True), nullable=False),
    Column("accepted_at", DateTime(timezone=True), nullable=False),
    Column("digest", LargeBinary),
    Column("corrected", ARRAY(Text), nullable=False, server_default="{}"),
    Column("known_as", Text),
    Column("mandate", Uuid),
    Column("prefilled", SmallInteger, nullable=False, server_default="0"),
    Column("papers", JSONB, nullable=False, server_default="[]"),
    Column("clock_ahead", Integer),
    Column("corrects", Uuid),
    Column("chain", Uuid),
    Column("standard_days", Integer),
    Column("channel", Text, nullable=False, server_default="online"),
    Column("received_on", Date),
)

application_events = Table(
    "application_events",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("application", Uuid, ForeignKey("applications.id", ondelete="CASCADE"), nullable=False),
    Column("resident", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("note", Text),
    Column("fields", JSONB),
)

receipts = Sequence("application_receipts", metadata=metadata)
