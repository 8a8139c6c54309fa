"""Tables of this room; made by migration 0030."""

from __future__ import annotations

from sqlalchemy import ARRAY, Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
_moment = DateTime(timezone=True)

booking_offers = Table(
    "booking_offers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("facility", Text, nullable=False),
    Column("facility_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("procedures", ARRAY(Text), nullable=False),
    Column("about", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("elsewhere", Text, nullable=False),
    Column("cancel_hours", Integer, nullable=False),
    Column("confirm_hours", Integer, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("ended_at", _moment),
)

booking_slots = Table(
    "booking_slots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("offer", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("starts_at", _moment, nullable=False),
    Column("ends_at", _moment, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("closed_at", _moment),
    Column("closed_why", Text),
)

bookings = Table(
    "bookings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("resident", Uuid, nullable=False),
    Column("offer", Uuid, nullable=False),
    Column("slot", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("person", LargeBinary, nullable=False),
    Column("for_whom", LargeBinary, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    Column("asked_at", _moment, nullable=False),
    Column("changed_at", _moment, nullable=False),
    Column("offered_until", _moment),
    Column("reminded_at", _moment),
    Column("ended_by", Text),
)
