"""The message log: one row for every call that was made or refused."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, SmallInteger, Table, Text, Uuid

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
)
