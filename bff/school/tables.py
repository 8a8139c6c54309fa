"""Tables of this room; made by migration 0041, changed by 0051, 0052 and 0056."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
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


def _whose() -> tuple[Column[str], Column[str]]:
    return Column("ward", Text, nullable=False), Column("school", Text, nullable=False)


schools = Table(
    "schools",
    metadata,
    Column("ward", Text, primary_key=True),
    Column("school", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("cut_off", Text, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("data_key", LargeBinary, nullable=False),
    Column("made_at", _moment, nullable=False),
)

pupils = Table(
    "pupils",
    metadata,
    Column("id", Uuid, primary_key=True),
    *_whose(),
    Column("year", SmallInteger, nullable=False),
    Column("class", Text, nullable=False, key="class_name"),
    Column("clubs", ARRAY(Text), nullable=False),
    Column("number", SmallInteger),
    Column("said", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("paper", Boolean, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("left_at", _moment),
)

pupil_guardians = Table(
    "pupil_guardians",
    metadata,
    Column("pupil", Uuid, primary_key=True),
    Column("resident", Uuid, primary_key=True),
    *_whose(),
    Column("child", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("named", LargeBinary, nullable=False),
    Column("given_by", Uuid),
    Column("since", _moment, nullable=False),
)

pupil_taken_off = Table(
    "pupil_taken_off",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    *_whose(),
    Column("digest", LargeBinary, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", _moment, nullable=False),
)

pupil_codes = Table(
    "pupil_codes",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("pupil", Uuid, nullable=False),
    *_whose(),
    Column("what", Text, nullable=False),
    Column("notice", Uuid),
    Column("given_by", Uuid),
    Column("made_at", _moment, nullable=False),
    Column("ends_at", _moment, nullable=False),
    Column("used_at", _moment),
)

roster_imports = Table(
    "roster_imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    *_whose(),
    Column("state", Text, nullable=False),
    Column("plan", LargeBinary, nullable=False),
    Column("before", LargeBinary),
    Column("summary", JSONB, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("made_at", _moment, nullable=False),
    Column("settled_at", _moment),
)

school_notices = Table(
    "school_notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    *_whose(),
    Column("marks", ARRAY(Text), nullable=False),
    Column("title", JSONB, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("asks", JSONB, nullable=False),
    Column("event", JSONB, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("sent_at", _moment, nullable=False),
    Column("closes_at", _moment),
    Column("revision", Integer, nullable=False),
    Column("recalled_at", _moment),
    Column("earlier", JSONB, nullable=False),
    Column("asked_since", Integer, nullable=False),
    Column("printed", Integer),
)

school_answers = Table(
    "school_answers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice", Uuid, nullable=False),
    Column("pupil", Uuid, nullable=False),
    Column("resident", Uuid),
    *_whose(),
    Column("said", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("by_name", Text),
    Column("answered_at", _moment, nullable=False),
    Column("came_at", _moment, nullable=False),
    Column("revision", Integer, nullable=False),
)

school_lines = Table(
    "school_lines",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice", Uuid, nullable=False),
    Column("pupil", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    *_whose(),
    Column("by_school", Boolean, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("at", _moment, nullable=False),
)

school_line_files = Table(
    "school_line_files",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("line", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    *_whose(),
    Column("place", SmallInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Column("kept_until", Date, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", SmallInteger, primary_key=True),
    Column("pupil", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    *_whose(),
    Column("kind", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("answer", LargeBinary),
    Column("settled_by", Text),
    Column("sent_at", _moment, nullable=False),
    Column("came_at", _moment, nullable=False),
    Column("settled_at", _moment),
)
