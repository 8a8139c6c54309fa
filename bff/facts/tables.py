"""Kept facts: one row for each resident and source. Claims: who refreshes a home just now. Comparisons: one for each
made-up household and benefit."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()
_moment = DateTime(timezone=True)

kept_facts = Table(
    "kept_facts",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("value", LargeBinary),
    Column("told_at", _moment),
    Column("expires_at", _moment),
    Column("silent_since", _moment),
    Column("silent_why", Text),
    Column("asked_at", _moment),
)

amount_comparisons = Table(
    "amount_comparisons",
    metadata,
    Column("household", Text, primary_key=True),
    Column("benefit", Text, primary_key=True),
    Column("on", Date, nullable=False),
    Column("ours", Integer),
    Column("confidence", Text),
    Column("theirs", Integer),
    Column("model", Text, nullable=False),
    Column("heard_at", _moment),
    Column("tried_at", _moment, nullable=False),
    Column("silent", Text),
)

refresh_claims = Table(
    "refresh_claims",
    metadata,
    Column("resident", Uuid, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("run", Uuid, nullable=False),
    Column("until", _moment, nullable=False),
)
