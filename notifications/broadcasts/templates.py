"""Texts a ward or a school writes again and again: under a name, with gaps, every version kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.broadcasts.placeholders import ALWAYS, filled, names_in
from notifications.broadcasts.tables import template_versions as versions
from notifications.broadcasts.tables import templates as kept
from notifications.broadcasts.terms import Official
from notifications.notice import Kind
from notifications.rows import text_to_json
from notifications.words import WRITTEN, Text

LONGEST_NAME: Final = 60


class NameTaken(Exception):
    """Theirs is another of this name."""


class Overtaken(Exception):
    """Somebody else has kept a newer version meanwhile."""


@dataclass(frozen=True, slots=True)
class Template:
    id: UUID
    name: str
    version: int
    kind: Kind
    topic: str
    title: Text
    body: Text
    by_name: str
    at: datetime

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the writer fills in; the mail room fills the rest. Raises Misplaced."""
        every = (text.in_language(one) for text in (self.title, self.body) for one in WRITTEN)
        return tuple(dict.fromkeys(name for text in every for name in names_in(text) if name not in ALWAYS))

    def with_gaps(self, values: Mapping[str, str]) -> tuple[Text, Text]:
        """(title, body); gaps without a value stay gaps."""
        given = {name: value for name, value in values.items() if value}
        title, body = (_filled(text, given) for text in (self.title, self.body))
        return title, body


@dataclass(frozen=True, slots=True)
class Words:
    """What a version says."""

    kind: Kind
    topic: str
    title: Text
    body: Text


async def all_of(conn: AsyncConnection, by: Official) -> Sequence[Template]:
    """Ward door: the newest version of each, by name."""
    asked = _current().where(kept.c.retired_at.is_(None), *_of(by)).order_by(kept.c.name)
    return [_template(row) for row in await conn.execute(asked)]


async def one(conn: AsyncConnection, by: Official, id: UUID) -> Template | None:
    row = (await conn.execute(_current().where(kept.c.id == id, kept.c.retired_at.is_(None), *_of(by)))).one_or_none()
    return None if row is None else _template(row)


async def history(conn: AsyncConnection, by: Official, id: UUID) -> Sequence[Template]:
    """Every version, the newest first."""
    asked = select(kept.c.id, kept.c.name, *_said()).join(versions, versions.c.template == kept.c.id)
    rows = await conn.execute(asked.where(kept.c.id == id, *_of(by)).order_by(versions.c.version.desc()))
    return [_template(row) for row in rows]


async def make(conn: AsyncConnection, *, id: UUID, by: Official, name: str, words: Words, now: datetime) -> None:
    """Raises NameTaken."""
    line = {"id": id, "ward": by.ward, "school": by.school, "name": name, "version": 1}
    wish = insert_or_not(kept).values(**line).on_conflict_do_nothing().returning(kept.c.id)
    if (await conn.execute(wish)).first() is None:
        raise NameTaken
    await _keep(conn, id, 1, by, words, now)


async def rewrite(conn: AsyncConnection, *, id: UUID, by: Official, version: int, words: Words, now: datetime) -> bool:
    """The next version over `version`. False: they have none such. Raises Overtaken."""
    there = (kept.c.id == id, kept.c.retired_at.is_(None), *_of(by))
    current = (await conn.execute(select(kept.c.version).where(*there).with_for_update())).scalar()
    if current is None:
        return False
    if current != version:
        raise Overtaken
    await conn.execute(update(kept).where(kept.c.id == id).values(version=version + 1))
    await _keep(conn, id, version + 1, by, words, now)
    return True


async def retire(conn: AsyncConnection, *, id: UUID, by: Official, now: datetime) -> bool:
    """No more offered; what was sent from it stays. Its name is free again."""
    gone = {"retired_at": now, "name": func.left(kept.c.name, 50) + f" #{id.hex[:8]}"}
    there = (kept.c.id == id, kept.c.retired_at.is_(None), *_of(by))
    return (await conn.execute(update(kept).where(*there).values(**gone))).rowcount == 1


def _filled(text: Text, values: Mapping[str, str]) -> Text:
    ja, easy, en = (filled(text.in_language(one), values) for one in WRITTEN)
    return Text(ja, easy, en)


async def _keep(conn: AsyncConnection, id: UUID, version: int, by: Official, words: Words, now: datetime) -> None:
    line = {"template": id, "version": version, "ward": by.ward, "school": by.school, "by_name": by.name, "at": now}
    line |= {"kind": words.kind.value, "topic": words.topic}
    line |= {"title": text_to_json(words.title), "body": text_to_json(words.body)}
    await conn.execute(insert(versions).values(**line))


def _said() -> tuple[ColumnElement[Any], ...]:
    v = versions.c
    return (v.version, v.kind, v.topic, v.title, v.body, v.by_name, v.at)


def _current() -> Any:
    same = (versions.c.template == kept.c.id) & (versions.c.version == kept.c.version)
    return select(kept.c.id, kept.c.name, *_said()).join(versions, same)


def _of(by: Official) -> tuple[ColumnElement[bool], ...]:
    return (kept.c.ward == by.ward, kept.c.school.is_not_distinct_from(by.school))


def _template(row: Row[Any]) -> Template:
    title, body = Text(**row.title), Text(**row.body)
    return Template(row.id, row.name, row.version, Kind(row.kind), row.topic, title, body, row.by_name, row.at)
