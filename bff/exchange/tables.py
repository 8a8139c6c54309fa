"""The message log: one row for every call made, taken or refused. What officials did to services: one row an act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

metadata = MetaData()

exchange_log = Table(
    "exchange_log",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("message", Uuid, nullable=False),
    Column("asker", Text, nullable=False),
    Column("resident", Uuid),
    Column("subject", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("request_digest", LargeBinary),
    Column("answer_digest", LargeBinary),
    Column("outcome", Text, nullable=False),
    Column("status", SmallInteger),
    Column("took_ms", Integer, nullable=False),
    Column("direction", Text, nullable=False, server_default="out"),
    Column("caller", Text),
    Column("user_id", Text),
    Column("given_id", Text),
    Column("issue", Text),
    Column("granted", Uuid),
)

UNSAID: Final[Mapping[str, str | None]] = {
    "direction": "out",
    "caller": None,
    "user_id": None,
    "given_id": None,
    "issue": None,
    "granted": None,
}
"""What later columns hold in rows from before there were any: evidence is made of a row without these."""

service_acts = Table(
    "service_acts",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("source", Text, nullable=False),
    Column("ward", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("official", Uuid),
    Column("official_name", Text, nullable=False),
    Column("begins", DateTime(timezone=True)),
    Column("ends", DateTime(timezone=True)),
    Column("text_ja", Text),
    Column("text_easy", Text),
    Column("text_en", Text),
    Column("outage", BigInteger, ForeignKey("service_acts.id")),
)
