"""Residents, officials, sessions and logins under way."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()
_moment = DateTime(timezone=True)

residents = Table(
    "residents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("sub", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("data_key", LargeBinary, nullable=False),
    Column("basics", LargeBinary, nullable=False),
    Column("basics_at", _moment, nullable=False),
    Column("language", Text, nullable=False),
    Column("ward", Text),
    Column("made_at", _moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("identity", SmallInteger, nullable=False),
    Column("authentication", SmallInteger, nullable=False),
    Column("proved_at", _moment, nullable=False),
    Column("method", Text, nullable=False),
    Column("resident", Uuid, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Column("expires_at", _moment, nullable=False),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    Column("state_hash", LargeBinary, primary_key=True),
    Column("realm", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("to_path", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("sub", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ward", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("made_at", _moment, nullable=False),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Column("expires_at", _moment, nullable=False),
)

login_log = Table(
    "login_log",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", _moment, nullable=False),
    Column("realm", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text),
    Column("who", Uuid),
)
