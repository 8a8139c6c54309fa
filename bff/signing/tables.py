"""Tables of this room; made by migration 0020."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()
_moment = DateTime(timezone=True)

signatures = Table(
    "signatures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("session", Uuid, nullable=False),
    Column("application", Uuid, nullable=False),
    Column("digest_algorithm", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("to_path", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("state_hash", LargeBinary),
    Column("nonce", Text),
    Column("verifier", Text),
    Column("transaction", Text),
    Column("state", Text, nullable=False),
    Column("refusal", Text),
    Column("algorithm", Text),
    Column("value", LargeBinary),
    Column("verification", Text),
    Column("checked_at", _moment),
)

sealed_receipts = Table(
    "sealed_receipts",
    metadata,
    Column("application", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("bundle", LargeBinary, nullable=False),
    Column("sealed_at", _moment, nullable=False),
    Column("stamped_at", _moment),
    Column("stamp_ends", _moment),
)
