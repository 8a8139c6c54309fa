"""Tables of this room; made by migrations 0020 and 0027."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, SmallInteger, Table, Text, Uuid

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

folders = Table(
    "folders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("event", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("made_at", _moment, nullable=False),
)

folder_parts = Table(
    "folder_parts",
    metadata,
    Column("folder", Uuid, primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("subject", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("application", Uuid, nullable=False),
    Column("sent_at", _moment),
    Column("signature", Uuid),
)
