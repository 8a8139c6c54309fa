"""Tables of the drop; made by migration 0010."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

drop_files = Table(
    "drop_files",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("digest", LargeBinary),
    Column("good", Integer, nullable=False, server_default="0"),
    Column("wrong", Integer, nullable=False, server_default="0"),
    Column("settled_at", DateTime(timezone=True)),
)

drop_applications = Table(
    "drop_applications",
    metadata,
    Column("application", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("batch", Uuid),
    Column("written_at", DateTime(timezone=True)),
    Column("fault", Text),
)
