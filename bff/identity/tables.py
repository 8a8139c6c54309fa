"""Residents, officials, sessions and logins under way."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
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
from sqlalchemy.dialects.postgresql import JSONB

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
    Column("language_chosen", Boolean, nullable=False, server_default="false"),
    Column("ward", Text),
    Column("made_at", _moment, nullable=False),
    Column("pairwise", Text, nullable=False, server_default="1"),
    Column("before", LargeBinary),
    Column("before_until", _moment),
    Column("changed_at", _moment),
    Column("erase_asked_at", _moment),
    Column("erase_at", _moment),
    Column("erase_called_off_at", _moment),
    Column("closed_at", _moment),
    Column("moving_to", Text),
    Column("moving_to_at", _moment),
)

merged_accounts = Table(
    "merged_accounts",
    metadata,
    Column("was", Uuid, primary_key=True),
    Column("resident", Uuid, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False),
    Column("issuer", Text, nullable=False),
    Column("sub", Text, nullable=False),
    Column("at", _moment, nullable=False),
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
    Column("kind", Text, nullable=False),
    Column("device_hash", LargeBinary),
    Column("passkey", Uuid, ForeignKey("passkeys.id", ondelete="SET NULL")),
    Column("locked_at", _moment),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("credential", LargeBinary, nullable=False),
    Column("resident", Uuid, ForeignKey("residents.id", ondelete="CASCADE")),
    Column("official", Uuid, ForeignKey("staff.id", ondelete="CASCADE")),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("backup_eligible", Boolean, nullable=False),
    Column("backed_up", Boolean, nullable=False),
    Column("transports", ARRAY(Text), nullable=False),
    Column("name", Text, nullable=False),
    Column("identity", SmallInteger, nullable=False),
    Column("bound_by", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("used_at", _moment),
)

passkey_challenges = Table(
    "passkey_challenges",
    metadata,
    Column("challenge_hash", LargeBinary, primary_key=True),
    Column("act", Text, nullable=False),
    Column("realm", Text, nullable=False),
    Column("owner", Uuid),
    Column("bound_to", LargeBinary, nullable=False),
    Column("made_at", _moment, nullable=False),
)

known_devices = Table(
    "known_devices",
    metadata,
    Column("resident", Uuid, ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    Column("device_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Column("lock_minutes", SmallInteger),
    Column("lock_part", LargeBinary),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    Column("state_hash", LargeBinary, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("session", Uuid),
    Column("to_path", Text, nullable=False),
    Column("began_on", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
)

login_handovers = Table(
    "login_handovers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("finisher_hash", LargeBinary, nullable=False),
    Column("provider", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("session", Uuid),
    Column("to_path", Text, nullable=False),
    Column("began_on", Text, nullable=False),
    Column("began_at", _moment, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("data_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("tries", SmallInteger, nullable=False),
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
    Column("school", Text),
    Column("enrols_until", _moment),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Column("expires_at", _moment, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("device", Text, nullable=False),
    Column("rose_at", _moment),
    Column("tried_out", Boolean, nullable=False, server_default="false"),
)

staff_devices = Table(
    "staff_devices",
    metadata,
    Column("staff", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("device_hash", LargeBinary, primary_key=True),
    Column("first_at", _moment, nullable=False),
    Column("last_at", _moment, nullable=False),
)

staff_log = Table(
    "staff_log",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", _moment, nullable=False),
    Column("ward", Text, nullable=False),
    Column("official", Uuid),
    Column("official_name", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

staff_asks = Table(
    "staff_asks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("about_name", Text, nullable=False),
    Column("what", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_by_name", Text, nullable=False),
    Column("asked_at", _moment, nullable=False),
    Column("ends_at", _moment, nullable=False),
    Column("decided_by", Uuid),
    Column("decided_by_name", Text),
    Column("decided_at", _moment),
    Column("agreed", Boolean),
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
    Column("provider", Text),
    Column("purpose", Text),
)
