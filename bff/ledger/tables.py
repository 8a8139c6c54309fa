"""Questions and objections about an entry of the log; whether she wishes to be told when somebody looks."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

ledger_questions = Table(
    "ledger_questions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("entry", BigInteger, nullable=False),
    Column("entry_at", DateTime(timezone=True), nullable=False),
    Column("about", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("due", Date, nullable=False),
    Column("answer", LargeBinary),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", Uuid),
    Column("answered_office", Text),
)

look_wishes = Table(
    "look_wishes",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("told", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
