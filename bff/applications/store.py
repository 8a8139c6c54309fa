"""Statements over applications, by Core; every function takes the person or the application it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, bindparam, func, insert, null, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.application import Application, Channel, Event, Paper, Returned, State
from bff.applications.tables import application_events as events
from bff.applications.tables import applications, receipts
from bff.questions import Question

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class New:
    """An application as it comes in; `answers` are sealed with the resident's key, `prefilled` counts fields that stood
    filled in and were left so."""

    id: UUID
    resident: UUID
    ward: str
    procedure: str
    subject: str | None
    version: str
    answers: bytes
    completed_at: datetime
    digest: bytes
    corrected: tuple[str, ...]
    mandate: UUID | None = None
    prefilled: int = 0
    papers: tuple[Paper, ...] = ()
    clock_ahead: int | None = None
    corrects: UUID | None = None
    chain: UUID | None = None
    channel: Channel = "online"
    received_on: date | None = None


async def keep(
    conn: AsyncConnection,
    new: New,
    now: datetime,
    state: Literal["queued", "waiting"] = "queued",
    *,
    remembered: bool = True,
) -> bool:
    """Keep `new` once; False when its id is taken (by whomever), or the same step is in the ward's hands already.

    `waiting`: for somebody else's part; whoever keeps it so promises its delivery when the part is there.
    `remembered` False: she has sent nothing, so that her history begins with the ward's own word.
    """
    number = await conn.scalar(select(receipts.next_value()))
    values = {field: getattr(new, field) for field in New.__dataclass_fields__}
    values["corrected"] = list(new.corrected)
    values["papers"] = [{"paper": one.paper, "digest": one.digest.hex()} for one in new.papers]
    receipt = f"KM-{new.ward}-{now.astimezone(TOKYO):%Y%m%d}-{number:06d}"
    kept = await conn.execute(
        upsert(applications)
        .values(**values, receipt_number=receipt, state=state, accepted_at=now)
        .on_conflict_do_nothing()
        .returning(applications.c.id)
    )
    if kept.first() is None:
        return False
    if remembered:
        await _remember(conn, new.id, new.resident, now, state, None)
    return True


async def one(conn: AsyncConnection, resident: UUID, application: UUID) -> Application | None:
    """The application, if it is this resident's."""
    found = await conn.execute(_read().where(applications.c.resident == resident, applications.c.id == application))
    row = found.first()
    return _application(row) if row else None


async def page(
    conn: AsyncConnection, resident: UUID, first: int, after: tuple[datetime, UUID] | None
) -> Sequence[Application]:
    """Newest first, at most `first` + 1 (the one more tells that there is a next page)."""
    query = _read().where(applications.c.resident == resident)
    if after is not None:
        query = query.where(tuple_(applications.c.accepted_at, applications.c.id) < after)
    rows = await conn.execute(
        query.order_by(applications.c.accepted_at.desc(), applications.c.id.desc()).limit(first + 1)
    )
    return [_application(row) for row in rows]


async def newest_of_each_step(conn: AsyncConnection, resident: UUID) -> dict[str, Application]:
    """Keyed by step id (`procedure` or `procedure:person`)."""
    return by_step(await conn.execute(_newest(), {"whose": resident}))


def by_step(rows: Iterable[Any]) -> dict[str, Application]:
    """What the rows of `newest` tell."""
    found = [_application(row) for row in rows]
    return {f"{one.procedure}:{one.subject}" if one.subject else one.procedure: one for one in found}


@cache
def newest() -> Question:
    """The newest of each step; asked with `whose`."""
    return Question(_newest())


@cache
def _newest() -> Select[Any]:
    """Built once: every home asks it."""
    return (
        _read()
        .where(applications.c.resident == bindparam("whose"))
        .ext(distinct_on(applications.c.procedure, applications.c.subject))
        .order_by(applications.c.procedure, applications.c.subject, applications.c.accepted_at.desc())
    )


async def whose(conn: AsyncConnection, application: UUID) -> tuple[Application, bytes] | None:
    """For the jobs: the application with its sealed answers."""
    found = await conn.execute(_read(applications.c.answers).where(applications.c.id == application))
    row = found.first()
    return (_application(row), row.answers) if row else None


async def sealed(conn: AsyncConnection, resident: UUID, application: UUID) -> bytes | None:
    """The answers as they lie, if the application is this resident's."""
    asked = select(applications.c.answers).where(applications.c.resident == resident, applications.c.id == application)
    found: bytes | None = await conn.scalar(asked)
    return found


async def held(conn: AsyncConnection, application: UUID) -> Application | None:
    """As it stands now, and nobody else moves it until this transaction ends."""
    await conn.execute(select(applications.c.id).where(applications.c.id == application).with_for_update())
    row = (await conn.execute(_read().where(applications.c.id == application))).first()
    return _application(row) if row else None


async def by_receipt(conn: AsyncConnection, receipt_number: str) -> Application | None:
    """Whosever it is, by the number on her receipt."""
    row = (await conn.execute(_read().where(applications.c.receipt_number == receipt_number))).first()
    return _application(row) if row else None


async def in_hand(
    conn: AsyncConnection, ward: str, first: int, after: tuple[datetime, UUID] | None = None
) -> Sequence[Application]:
    """What a ward has and has not decided, oldest first, younger than `after`."""
    open_ = (applications.c.ward == ward, applications.c.state.in_(("received", "checking", "sent_back")))
    oldest = _read().where(*open_).order_by(applications.c.accepted_at, applications.c.id)
    if after is not None:
        oldest = oldest.where(tuple_(applications.c.accepted_at, applications.c.id) > after)
    return [_application(row) for row in await conn.execute(oldest.limit(first))]


async def move(
    conn: AsyncConnection,
    application: Application,
    state: State,
    now: datetime,
    *,
    number: str,
    note: str | None,
    fields: Sequence[Returned] = (),
) -> None:
    """Put it into `state` as the ward says, with a line in its history."""
    await conn.execute(
        update(applications).where(applications.c.id == application.id).values(state=state, ward_number=number or None)
    )
    await _remember(conn, application.id, application.resident, now, state, note, fields)


async def set_standard_days(conn: AsyncConnection, application: UUID, days: int | None) -> None:
    """標準処理期間 of the ward that works it here."""
    await conn.execute(update(applications).where(applications.c.id == application).values(standard_days=days))


async def _remember(
    conn: AsyncConnection,
    application: UUID,
    resident: UUID,
    at: datetime,
    state: State,
    note: str | None,
    fields: Sequence[Returned] = (),
) -> None:
    line = {"application": application, "resident": resident, "at": at, "state": state, "note": note}
    await conn.execute(insert(events).values(**line, fields=[asdict(one) for one in fields] or null()))


@cache
def _read(*more: Any) -> Select[Any]:
    line = func.json_build_array(events.c.at, events.c.state, events.c.note, events.c.fields)
    history = (
        select(func.json_agg(aggregate_order_by(line, events.c.id)))
        .where(events.c.application == applications.c.id)
        .scalar_subquery()
    )
    shown = [column for column in applications.c if column.name != "answers"]
    return select(*shown, history.label("history"), _before().label("before"), _corrected_by(), *more)


def _before() -> Any:
    """The lines of the filings that this one corrects; nothing is looked for where it corrects none."""
    former, told = applications.alias("former"), events.alias("told")
    line = func.json_build_array(told.c.at, told.c.state, told.c.note, told.c.fields)
    in_chain = or_(former.c.id == applications.c.chain, former.c.chain == applications.c.chain)
    return (
        select(func.json_agg(aggregate_order_by(line, told.c.id)))
        .select_from(told.join(former, former.c.id == told.c.application))
        .where(applications.c.chain.is_not(None), in_chain, former.c.accepted_at < applications.c.accepted_at)
        .correlate(applications)
        .scalar_subquery()
    )


def _corrected_by() -> Any:
    later = applications.alias("later")
    found = select(later.c.id).where(later.c.corrects == applications.c.id).correlate(applications)
    return found.scalar_subquery().label("corrected_by")


def _application(row: Row[Any]) -> Application:
    papers = tuple(Paper(one["paper"], bytes.fromhex(one["digest"])) for one in row.papers)
    fields = {name: getattr(row, name) for name in Application.__dataclass_fields__}
    told = {"history": _lines(row.history), "before": _lines(row.before), "corrected": tuple(row.corrected)}
    return Application(**fields | told | {"papers": papers})


def _lines(told: Any) -> tuple[Event, ...]:
    return tuple(
        Event(datetime.fromisoformat(at), state, note, tuple(Returned(**one) for one in fields or ()))
        for at, state, note, fields in told or ()
    )
