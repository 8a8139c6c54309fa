"""Tables of the ways; made by migration 0011."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

flow_runs = Table(
    "flow_runs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("flow", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("ward", Text),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("started_by", Text, nullable=False),
    Column("content", LargeBinary),
    Column("application", Uuid),
    Column("stopped_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

flow_deliveries = Table(
    "flow_deliveries",
    metadata,
    Column("run", Uuid, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("ward", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("why", Text),
    Column("answer", LargeBinary),
    Column("digest", LargeBinary),
    Column("at", DateTime(timezone=True), nullable=False),
)
