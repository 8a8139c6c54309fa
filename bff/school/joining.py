"""How a guardian comes to a pupil by the code on the school's letter, and lets a grandparent see by a code of hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.contacts import child_key
from bff.errors import Denied, NotFound
from bff.facts import store as facts
from bff.family.inviting import code_of, hashed
from bff.identity.residents import Resident
from bff.school import marks, posting, store, taken_off
from bff.school.house import House
from bff.school.school import Pupil, Role, School, same_name
from bff.school.tables import pupil_codes
from bff.school.words import say
from life_events import Household

What = Literal["join", "help", "answer"]
LIVES: Final = {"join": timedelta(days=60), "help": timedelta(days=7), "answer": timedelta(days=60)}
LONGEST: Final = 120
_c = pupil_codes.c


@dataclass(frozen=True)
class Joined:
    pupil: Pupil
    school: School
    role: Role


async def new_code(
    conn: AsyncConnection,
    school: School,
    pupil: UUID,
    what: What,
    *,
    token: str,
    now: datetime,
    notice: UUID | None = None,
    given_by: UUID | None = None,
) -> str:
    """Told once; only its hash is kept."""
    code = code_of(token)
    whose = {"pupil": pupil, "ward": school.ward, "school": school.id, "notice": notice, "given_by": given_by}
    made = {"code_hash": hashed(code), "what": what, "made_at": now, "ends_at": now + LIVES[what]}
    await conn.execute(insert(pupil_codes).values(**whose, **made))
    return code


async def join(house: House, me: Resident, code: str) -> Joined:
    """Once a code. Raises `NotFound`: used, over or never there, all the same to a stranger.
    So is what a guardian gave who is none any more."""
    async with house.db.house() as conn:
        row = await spent(conn, code, ("join", "help"), house.clock())
        found = await store.pupil(conn, row.pupil, house.keys) if row else None
        if row is None or found is None:
            raise NotFound(say("no_such_code"))
        if row.given_by == me.id:
            raise Denied(say("own_code"))
        pupil, school = found
        if row.given_by is not None and not await _is_guardian(conn, school, pupil, row.given_by):
            raise NotFound(say("no_such_code"))
        if await taken_off.is_off(conn, house.person_secret, pupil.id, me):
            raise Denied(say("taken_off"))
        role: Role = "helper" if row.what == "help" else "guardian"
        child = await _child(conn, house, me, pupil)
        await store.link(
            conn,
            school,
            pupil.id,
            me.id,
            child=child,
            role=role,
            how="code",
            name=me.basics.name,
            now=house.clock(),
            given_by=row.given_by,
        )
        await marks.anew(conn, house, me.id, school)
        await posting.catch_up(conn, house, [school], [me.id])
    return Joined(pupil, school, role)


async def allow_helper(house: House, me: Resident, pupil: UUID | None) -> str:
    """A code to hand to a grandparent, who then sees and may pick up. Raises `NotFound` and `Denied`."""
    async with house.db.house() as conn:
        school = await guardian_of(conn, house, me, pupil)
        assert pupil is not None
        token, now = house.new_token(), house.clock()
        return await new_code(conn, school, pupil, "help", token=token, now=now, given_by=me.id)


async def let_go(house: House, me: Resident, pupil: UUID | None, helper: UUID | None = None) -> None:
    """A helper she allowed, or (none named) she herself no longer hears of the pupil. Raises `NotFound`, `Denied`."""
    async with house.db.house() as conn:
        hers = [one for one in await store.hers(conn, me.id, house.keys) if one[0].id == pupil]
        if not hers:
            raise NotFound(say("no_such_pupil"))
        (_, school, mine), gone = hers[0], helper or me.id
        if helper is not None:
            those = await store.guardians_of(conn, school, pupil)
            if mine.role != "guardian" or not any(one.resident == helper and one.role == "helper" for one in those):
                raise NotFound(say("no_such_pupil"))
        await store.unlink(conn, mine.pupil, gone)
        await marks.anew(conn, house, gone, school)


async def guardian_of(conn: AsyncConnection, house: House, me: Resident, pupil: UUID | None) -> School:
    """The school of a pupil she may speak for. Raises `NotFound`; `Denied` for a helper."""
    for one, school, mine in await store.hers(conn, me.id, house.keys):
        if one.id == pupil:
            if mine.role != "guardian":
                raise Denied(say("helper_only_sees"))
            return school
    raise NotFound(say("no_such_pupil"))


async def _is_guardian(conn: AsyncConnection, school: School, pupil: Pupil, resident: UUID) -> bool:
    those = await store.guardians_of(conn, school, pupil.id)
    return any(one.resident == resident and one.role == "guardian" for one in those)


async def spent(conn: AsyncConnection, code: str, what: tuple[What, ...], now: datetime) -> Row[Any] | None:
    """The open code, which opens nothing any more from now on."""
    if not 0 < len(code) <= LONGEST:
        return None
    is_open = (_c.code_hash == hashed(code), _c.what.in_(what), _c.used_at.is_(None), _c.ends_at > now)
    used = update(pupil_codes).where(*is_open).values(used_at=now).returning(pupil_codes)
    row: Row[Any] | None = (await conn.execute(used)).first()
    return row


async def end_letters(conn: AsyncConnection, notice: UUID, now: datetime) -> None:
    """What lies at home on paper asks what is not asked any more."""
    those = (_c.notice == notice, _c.what == "answer", _c.used_at.is_(None), _c.ends_at > now)
    await conn.execute(update(pupil_codes).where(*those).values(ends_at=now))


async def open_code(conn: AsyncConnection, code: str, what: What, now: datetime) -> Row[Any] | None:
    """The code, not spent by looking."""
    if not 0 < len(code) <= LONGEST:
        return None
    is_open = (_c.code_hash == hashed(code), _c.what == what, _c.used_at.is_(None), _c.ends_at > now)
    return (await conn.execute(select(pupil_codes).where(*is_open))).first()


async def _child(conn: AsyncConnection, house: House, me: Resident, pupil: Pupil) -> UUID:
    """By the register's id when the child stands in her household, so that it is one child on her phone."""
    kept = (await facts.kept(conn, me, house.clock(), ("registry",))).get("registry")
    household = kept.told.part if kept and kept.told else None
    if isinstance(household, Household):
        for one in household.members:
            same = same_name(one.name) == same_name(pupil.named.name)
            if same and pupil.named.birth_date in (None, one.birth_date):
                return child_key(house.person_secret, household.ward, one.person)
    return child_key(house.person_secret, pupil.ward, f"pupil:{pupil.id}")
