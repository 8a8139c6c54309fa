"""Tables of this room; made by migration 0031."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    LargeBinary,
    MetaData,
    Sequence,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()


def _moment(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


bills = Table(
    "bills",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid),
    Column("ward", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("fee", Text, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("amount_yen", BigInteger),
    Column("due_on", Date),
    Column("expires_on", Date),
    Column("state", Text, nullable=False),
    Column("application", Uuid),
    _moment("made_at", nullable=False),
    Column("issued_by_name", Text, nullable=False),
    _moment("paid_at"),
    Column("paid_by", Text),
    Column("receipt_number", Text, unique=True),
    _moment("reminded_at"),
    _moment("look_at"),
)

payment_tries = Table(
    "payment_tries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("bill", Uuid, ForeignKey("bills.id", ondelete="CASCADE"), nullable=False),
    Column("resident", Uuid),
    Column("ward", Text, nullable=False),
    Column("amount_yen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reference", Text),
    _moment("started_at", nullable=False),
    _moment("ends_at", nullable=False),
    _moment("settled_at"),
    Column("heard_by", Text),
    Column("looks", SmallInteger, nullable=False, server_default="0"),
    _moment("look_at"),
)

payment_refunds = Table(
    "payment_refunds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("bill", Uuid, ForeignKey("bills.id", ondelete="CASCADE"), nullable=False),
    Column("try", Uuid, ForeignKey("payment_tries.id", ondelete="CASCADE"), nullable=False),
    Column("resident", Uuid),
    Column("ward", Text, nullable=False),
    Column("amount_yen", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by_name", Text, nullable=False),
    Column("agreed_by_name", Text, nullable=False),
    Column("state", Text, nullable=False),
    _moment("at", nullable=False),
    _moment("done_at"),
)

payment_events = Table(
    "payment_events",
    metadata,
    Column("event", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    _moment("at", nullable=False),
)

numbers = Sequence("bill_numbers", metadata=metadata)
