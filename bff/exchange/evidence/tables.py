"""The chain over the message log, and the time stamps on it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table

from bff.exchange.tables import metadata

links = Table(
    "evidence_links",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, nullable=False, unique=True),
    Column("link", LargeBinary, nullable=False),
)

stamps = Table(
    "evidence_stamps",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)
