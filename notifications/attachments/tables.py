"""Files of notices; made by the migration named attachments."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
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

notice_attachments = Table(
    "notice_attachments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice", Uuid, nullable=False),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("pages", SmallInteger, nullable=False),
    Column("kept_until", Date, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

notice_attachment_pages = Table(
    "notice_attachment_pages",
    metadata,
    Column("attachment", Uuid, ForeignKey("notice_attachments.id", ondelete="CASCADE"), primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("ward", Text, nullable=False),
    Column("school", Text),
    Column("media_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
