"""Two accounts of one person become one: she proves both in one browser, and it cannot be undone.

Never by name and birth date: by two logins within minutes, of which the first leaves a secret with her browser. Whose
birth dates differ are two people who share a phone, and are refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import holdings, mandates
from bff.accounts.rules import Rules
from bff.accounts.tables import closures, merge_wishes
from bff.connectors.sectors import of_ward
from bff.errors import Denied
from bff.identity import residents as people
from bff.identity.keys import DataKey, KeyRing
from bff.identity.known_devices import Device
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident
from bff.identity.sessions import hashed
from bff.identity.tables import merged_accounts, residents, sessions
from bff.signing.receipts import KIND as RECEIPT
from bff.texts import say
from notifications.post import merging as mail

BY_DESK: Final = "desk:"
_SELF: Final = "self"


@dataclass(frozen=True)
class Pair:
    """`stays` keeps its id and its pseudonyms; `goes` becomes part of it."""

    stays: Resident
    goes: Resident


async def wish(conn: AsyncConnection, resident: UUID, token: str, browser: Device, now: datetime) -> None:
    """She is in the first account; `token` stays with her browser (house door)."""
    await conn.execute(delete(merge_wishes).where(merge_wishes.c.resident == resident))
    mark = _in_browser(token, browser)
    await conn.execute(insert(merge_wishes).values(token_hash=mark, resident=resident, made_at=now))


async def pair(
    conn: AsyncConnection,
    second: Resident,
    token: str,
    *,
    browser: Device,
    proved_at: datetime,
    rules: Rules,
    keys: KeyRing,
    now: datetime,
) -> Pair:
    """Both, once she is in the second, proved after the wish in the same browser; raises `Denied`."""
    found = select(merge_wishes).where(merge_wishes.c.token_hash == _in_browser(token, browser)).with_for_update()
    row = (await conn.execute(found)).first()
    if row is None or now - row.made_at > rules.merge_within or proved_at < row.made_at:
        raise Denied(say("merge_late"))
    first = await people.resident_of(conn, row.resident, keys)
    if first is None or first.id == second.id:
        raise Denied(say("merge_same"))
    if not _may_be_one(first, second):
        raise Denied(say("merge_differ"))
    ids = select(residents).where(residents.c.id.in_([first.id, second.id])).order_by(residents.c.id).with_for_update()
    rows = {row.id: row for row in await conn.execute(ids)}
    if any(row.closed_at is not None for row in rows.values()):
        raise Denied(say("account_closed"))
    waits = select(closures.c.id).where(closures.c.resident.in_(list(rows)), closures.c.outcome.is_(None))
    if (await conn.execute(waits.limit(1))).first():
        raise Denied(say("merge_closing"))
    stays, goes = sorted((first, second), key=lambda one: _later(rows[one.id]))
    return Pair(stays, goes)


async def merge(conn: AsyncConnection, both: Pair, *, pairwise: Pairwise, now: datetime) -> None:
    """Everything in the caller's transaction (house door); raises `Denied` when a step lies with a ward under both."""
    stays, goes = both.stays, both.goes
    await _none_twice(conn, both)
    await _applications(conn, both, pairwise)
    await _parts(conn, both)
    await _facts(conn, both)
    await _documents(conn, both)
    await _pupils(conn, both)
    await _grants(conn, both, now)
    await mail.made_one(conn, stays=stays.id, goes=goes.id)
    await _sessions(conn, both)
    await _codes(conn, both)
    await mandates.made_one(conn, stays, goes, now)
    await holdings.move_all(conn, goes, stays)
    left = (await conn.execute(select(residents).where(residents.c.id == goes.id))).one()
    values = {"was": goes.id, "resident": stays.id, "issuer": left.issuer, "sub": left.sub, "at": now}
    await conn.execute(insert(merged_accounts).values(values))
    await conn.execute(delete(residents).where(residents.c.id == goes.id))


def _in_browser(token: str, browser: Device) -> bytes:
    """A token that was carried to the phone of another person is worth nothing there."""
    return hashed(f"{token}.{browser.hash.hex()}") if browser.hash else hashed(token)


def _later(row: Row[Any]) -> tuple[bool, datetime]:
    """A card's account stays rather than a desk's; else the older one, by whose ids more were told."""
    return row.issuer.startswith(BY_DESK), row.made_at


def _may_be_one(first: Resident, second: Resident) -> bool:
    born = {one.basics.birth_date for one in (first, second) if one.basics.birth_date}
    return len(born) < 2  # noqa: PLR2004 - two people


async def _none_twice(conn: AsyncConnection, both: Pair) -> None:
    twice = text(
        "SELECT 1 FROM applications a JOIN applications b ON a.procedure = b.procedure"
        " AND coalesce(a.subject, '') = coalesce(b.subject, '')"
        " WHERE a.resident = :stays AND b.resident = :goes AND a.state IN ('waiting', 'queued', 'received', 'checking')"
        " AND b.state IN ('waiting', 'queued', 'received', 'checking') LIMIT 1"
    )
    if (await conn.execute(twice, _ids(both))).first():
        raise Denied(say("merge_in_hand"))


async def _applications(conn: AsyncConnection, both: Pair, pairwise: Pairwise) -> None:
    """The wards go on knowing them by the pseudonym under which they were sent."""
    goes = both.goes
    rows = text("SELECT id, ward, answers, known_as FROM applications WHERE resident = :goes FOR UPDATE")
    move = text("UPDATE applications SET resident = :stays, answers = :answers, known_as = :known_as WHERE id = :id")
    for row in (await conn.execute(rows, {"goes": goes.id})).all():
        known_as = row.known_as or pairwise.id_for(goes.id, of_ward(row.ward), goes.pairwise)
        answers = _again(row.answers, "answers", both)
        values = {"stays": both.stays.id, "answers": answers, "known_as": known_as, "id": row.id}
        await conn.execute(move, values)
        await _flows(conn, row.id, both)
        await _receipt(conn, row.id, both)


async def _flows(conn: AsyncConnection, application: UUID, both: Pair) -> None:
    """What was collected for her new ward and not handed over yet."""
    rows = text("SELECT id, content FROM flow_runs WHERE application = :application AND content IS NOT NULL")
    for run in (await conn.execute(rows, {"application": application})).all():
        content = _again(run.content, f"flow:{run.id}", both)
        await conn.execute(
            text("UPDATE flow_runs SET content = :content WHERE id = :id"), {"content": content, "id": run.id}
        )


async def _parts(conn: AsyncConnection, both: Pair) -> None:
    """What others were asked, and what they wrote; a part that both had asked ends on the side that goes."""
    twice = text(
        "UPDATE asked_parts a SET state = 'taken_back', code_hash = NULL, settled_at = now() FROM asked_parts b"
        " WHERE a.resident = :goes AND b.resident = :stays AND a.state = 'asked' AND b.state = 'asked'"
        " AND (a.procedure, coalesce(a.subject, ''), a.part) = (b.procedure, coalesce(b.subject, ''), b.part)"
    )
    await conn.execute(twice, _ids(both))
    rows = text("SELECT id, asked, written, reason FROM asked_parts WHERE resident = :goes FOR UPDATE")
    put = text(
        "UPDATE asked_parts SET resident = :stays, asked = :asked, written = :written, reason = :reason WHERE id = :id"
    )
    for row in (await conn.execute(rows, {"goes": both.goes.id})).all():
        sealed = {name: getattr(row, name) for name in ("asked", "written", "reason")}
        again = {name: _again(one, f"part.{name}", both) if one is not None else None for name, one in sealed.items()}
        await conn.execute(put, {"id": row.id, "stays": both.stays.id, **again})


async def _receipt(conn: AsyncConnection, application: UUID, both: Pair) -> None:
    """The stamped receipt that she keeps: its content stays as it was signed."""
    row = text("SELECT bundle FROM sealed_receipts WHERE application = :application")
    bundle = (await conn.execute(row, {"application": application})).scalar()
    if bundle is not None:
        put = text("UPDATE sealed_receipts SET resident = :stays, bundle = :bundle WHERE application = :application")
        values = {"stays": both.stays.id, "bundle": _again(bundle, RECEIPT, both), "application": application}
        await conn.execute(put, values)


async def _facts(conn: AsyncConnection, both: Pair) -> None:
    """Of each source what was told last; her own answers are put together, the later over the earlier."""
    wanted = text("SELECT source, value, told_at FROM kept_facts WHERE resident = :resident")
    had = {row.source: row for row in await conn.execute(wanted, {"resident": both.stays.id})}
    for row in (await conn.execute(wanted, {"resident": both.goes.id})).all():
        own, kind = had.get(row.source), f"facts:{row.source}"
        if own is None:
            value = _again(row.value, kind, both) if row.value is not None else None
            move = "UPDATE kept_facts SET resident = :stays, value = :value WHERE resident = :goes AND source = :source"
            await conn.execute(text(move), {**_ids(both), "value": value, "source": row.source})
        elif row.value is not None and (own.value is None or row.source == _SELF or row.told_at > own.told_at):
            value = _newest(own, row, kind, both)
            put = "UPDATE kept_facts SET value = :value, told_at = :at WHERE resident = :stays AND source = :source"
            at = max(row.told_at, own.told_at) if own.told_at else row.told_at
            values = {"stays": both.stays.id, "value": value, "at": at, "source": row.source}
            await conn.execute(text(put), values)


def _newest(own: Row[Any], other: Row[Any], kind: str, both: Pair) -> bytes:
    told = both.goes.key.open(kind, other.value)
    if kind == f"facts:{_SELF}" and own.value is not None:
        kept = both.stays.key.open(kind, own.value)
        first, last = (kept, told) if other.told_at > own.told_at else (told, kept)
        told = json.dumps({**json.loads(first), **json.loads(last)}, ensure_ascii=False).encode()
    return both.stays.key.seal(kind, told)


async def _documents(conn: AsyncConnection, both: Pair) -> None:
    """What the ward gave out to both, she keeps once; that one of them was deleted stays so on the side that stays."""
    twice = text(
        "DELETE FROM documents d USING documents o WHERE d.resident = :goes AND o.resident = :stays"
        " AND (d.ward, d.number) = (o.ward, o.number)"
    )
    await conn.execute(twice, _ids(both))


async def _pupils(conn: AsyncConnection, both: Pair) -> None:
    """Of a pupil whom both heard of she hears once, as a guardian when either was one."""
    twice = text(
        "DELETE FROM pupil_guardians g USING pupil_guardians o WHERE o.pupil = g.pupil"
        " AND ((g.resident = :goes AND o.resident = :stays AND (g.role = 'helper' OR o.role = 'guardian'))"
        " OR (g.resident = :stays AND o.resident = :goes AND g.role = 'helper' AND o.role = 'guardian'))"
    )
    await conn.execute(twice, _ids(both))
    await conn.execute(text("UPDATE pupil_guardians SET resident = :stays WHERE resident = :goes"), _ids(both))


async def _grants(conn: AsyncConnection, both: Pair, now: datetime) -> None:
    """Her later word holds, be it the yes or the no; a yes that both hold is one, that of the account that stays."""
    overruled = text(
        "UPDATE grants g SET ended_at = greatest(:now, given_at) WHERE resident = :one AND ended_at IS NULL"
        " AND NOT EXISTS (SELECT FROM grants h WHERE h.resident = :other AND h.source = g.source"
        " AND h.ended_at IS NULL) AND g.given_at <= coalesce((SELECT max(ended_at) FROM grants h"
        " WHERE h.resident = :other AND h.source = g.source),"
        " (SELECT at FROM consents_answered c WHERE c.resident = :other))"
    )
    twice = text(
        "UPDATE grants g SET ended_at = greatest(:now, given_at) WHERE resident = :goes AND ended_at IS NULL"
        " AND EXISTS (SELECT FROM grants h WHERE h.resident = :stays AND h.source = g.source AND h.ended_at IS NULL)"
    )
    for one, other in ((both.goes.id, both.stays.id), (both.stays.id, both.goes.id)):
        await conn.execute(overruled, {"one": one, "other": other, "now": now})
    await conn.execute(twice, {**_ids(both), "now": now})
    await conn.execute(text("UPDATE grants SET resident = :stays WHERE resident = :goes"), _ids(both))


async def _sessions(conn: AsyncConnection, both: Pair) -> None:
    """She stays in where she proves it now; everywhere else both are left."""
    newest = select(func.max(sessions.c.proved_at)).where(sessions.c.resident.in_([both.stays.id, both.goes.id]))
    await conn.execute(
        delete(sessions).where(
            sessions.c.resident.in_([both.stays.id, both.goes.id]), sessions.c.proved_at < newest.scalar_subquery()
        )
    )
    await conn.execute(update(sessions).where(sessions.c.resident == both.goes.id).values(resident=both.stays.id))


async def _codes(conn: AsyncConnection, both: Pair) -> None:
    """A code that a desk gave out for the account that goes opens nothing of the one that stays."""
    ends = "UPDATE desk_codes SET ended = 'replaced', ended_at = now() WHERE resident = :goes AND ended_at IS NULL"
    await conn.execute(text(ends), {"goes": both.goes.id})
    await conn.execute(delete(merge_wishes).where(merge_wishes.c.resident == both.stays.id))


def _again(sealed: bytes, kind: str, both: Pair) -> bytes:
    return _resealed(sealed, kind, both.goes.key, both.stays.key)


def _resealed(sealed: bytes, kind: str, before: DataKey, after: DataKey) -> bytes:
    return after.seal(kind, before.open(kind, sealed))


def _ids(both: Pair) -> dict[str, UUID]:
    return {"stays": both.stays.id, "goes": both.goes.id}
