"""The demo city's school and nursery in 港区: a class each with the personas' children, notices, a day's absences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import contacts
from bff.contacts import child_key
from bff.demo_money import CLIENT, REALM
from bff.identity import residents
from bff.identity.basics import Basics
from bff.identity.providers import CARD
from bff.identity.residents import Resident
from bff.school import marks, notice, posting, roster, store
from bff.school.absences import SEALED, Said
from bff.school.asks import Asks, Kind, questions_of
from bff.school.notice import Event, SchoolNotice
from bff.school.roster_rows import Row
from bff.school.school import Kind as SchoolKind
from bff.school.school import Pupil, School
from bff.school.tables import absences
from bff.wiring import House
from infra.sandbox.keys import pairwise
from infra.sandbox.people import load_people, resolve
from life_events import Text
from notifications.jobs import JAPAN

CITY: Final = UUID("5c400100-7a3c-4d0e-8f5b-3f2f0a1d9c77")
WARD, BY = "131032", "見本データ"
MADE_UP: Final = "https://made-up.invalid"
"""Whom nobody can log in as."""
CLASS: Final = ("海野 みなと", "森 つむぎ", "川口 あおと", "西田 ひまり", "林 さくら", "東 れん", "南 ゆい")
GROUP: Final = ("青木 いちか", "石田 はると", "上原 めい")
TRIP: Final = Text(
    "校外学習（動物園）の同意",
    "どうぶつえんに いく：いいですか",
    "School trip to the zoo: may your child go?",
)
TRIP_BODY: Final = Text(
    "学年で動物園へ行きます。8:30に学校を出て、15:00に戻ります。お弁当と水筒を持たせてください。",
    "みんなで どうぶつえんに いきます。あさ 8じ30ぷんに 出て、15じに かえります。"
    "おべんとうと のみものを もって きて ください。",
    "The whole year visits the zoo, from 8:30 to 15:00. Please send a packed lunch and a drink.",
)
HEALTH: Final = Text("今朝の体温と体調", "けさの ねつと ちょうし", "Temperature and health this morning")
HEALTH_BODY: Final = Text(
    "感染症が増えています。登園の前に、体温と体調を知らせてください。",
    "びょうきが ふえて います。ほいくえんに 来る 前に、ねつと ちょうしを おしえて ください。",
    "Infections are spreading. Please tell us the temperature and how your child is before coming.",
)


async def fill(house: House) -> None:
    """Idempotent: a school that is there stays as it is."""
    async with house.db.house() as conn:
        if await store.school_of(conn, WARD, "芝浜小学校", house.keys) is None:
            await _elementary(conn, house)
            await _nursery(conn, house)
    await house.close()


async def _elementary(conn: AsyncConnection, house: House) -> None:
    school, pupils = await _opened(conn, house, "芝浜小学校", "elementary", 1, "1年2組", CLASS, ("hana", "m-1003"))
    await _persona(conn, house, school, pupils[0], "hana", "m-1003")
    for n, one in enumerate(pupils[1:6]):
        for parent in ("母", "父") if n == 0 else ("母",):
            await _parent(conn, house, school, one, parent)
    told = _notice(house, school, TRIP, TRIP_BODY, "consent", house.today() + timedelta(days=3))
    await _send(conn, house, school, told)
    await _absence(conn, house, school, pupils[1], "sick", Said(reason="38.2℃", symptoms=("fever", "cough")))
    await _absence(
        conn, house, school, pupils[2], "late", Said(time="10:00", reason="歯医者", pick_up="祖母"), late=True
    )


async def _nursery(conn: AsyncConnection, house: House) -> None:
    name, group = "みなと第一保育園", "2歳児 ひよこ組"
    school, pupils = await _opened(conn, house, name, "nursery", 2, group, GROUP, ("lan", "m-3002"))
    await _persona(conn, house, school, pupils[0], "lan", "m-3002")
    await _send(conn, house, school, _notice(house, school, HEALTH, HEALTH_BODY, "health", house.today()))


async def _opened(
    conn: AsyncConnection,
    house: House,
    id: str,
    kind: SchoolKind,
    year: int,
    group: str,
    names: tuple[str, ...],
    of: tuple[str, str],
) -> tuple[School, list[Pupil]]:
    """The persona's child first."""
    now, key = house.clock(), uuid5(CITY, id)
    school = await store.open_school(conn, WARD, id, kind=kind, cut_off="08:20", keys=house.keys, new_id=key, now=now)
    name, born = _child(house, *of)
    rows = [Row(1, year, group, 1, name, "", born, ("図書",), None)]
    rows += [
        Row(n, year, group, n, one, "", born + timedelta(days=n), (), n == len(names)) for n, one in enumerate(names, 2)
    ]
    plan = roster.plan_of(house.person_secret, school, (), rows, house.new_id)
    await roster.show(conn, school, plan, notes=(), id=uuid5(key, "roster"), by=BY, now=now)
    found = await roster.one(conn, school, uuid5(key, "roster"))
    assert found is not None
    await roster.count(conn, house, school, found, leave=False, now=now)
    return school, sorted(await store.pupils_of(conn, school), key=lambda one: one.number or 0)


def _child(house: House, persona: str, person: str) -> tuple[str, date]:
    known: Any = resolve(load_people().residents[persona].registry, house.today())
    one = next(each for each in known["members"] if each["person"] == person)
    return one["name"], date.fromisoformat(one["birth_date"])


async def _persona(
    conn: AsyncConnection, house: House, school: School, pupil: Pupil, persona: str, person: str
) -> None:
    """Her account as her first login makes it, and her tie to her child's school."""
    sub, issuer = pairwise(REALM, CLIENT, persona), house.providers[CARD].provider.issuer
    me = await _account(conn, house, issuer, sub, Basics())
    name = load_people().residents[persona].name
    await _tie(conn, house, school, pupil, me, name, child_key(house.person_secret, WARD, person))


async def _parent(conn: AsyncConnection, house: House, school: School, pupil: Pupil, which: str) -> None:
    family = pupil.named.name.split()[0]
    name = f"{family} {'陽子' if which == '母' else '拓也'}"
    me = await _account(conn, house, MADE_UP, f"{pupil.id}:{which}", Basics(name=name))
    await _tie(conn, house, school, pupil, me, name, child_key(house.person_secret, WARD, str(pupil.id)))


async def _account(conn: AsyncConnection, house: House, issuer: str, sub: str, basics: Basics) -> Resident:
    welcomed = await residents.welcome(
        conn,
        issuer=issuer,
        sub=sub,
        basics=basics,
        wards=house.wards,
        keys=house.keys,
        new_id=house.new_id,
        now=house.clock(),
        pairwise=house.pairwise.current,
    )
    await contacts.came(conn, replace(welcomed.resident, ward=WARD), house.clock())
    return welcomed.resident


async def _tie(
    conn: AsyncConnection, house: House, school: School, pupil: Pupil, me: Resident, name: str, child: UUID
) -> None:
    now = house.clock()
    await store.link(conn, school, pupil.id, me.id, child=child, role="guardian", how="code", name=name, now=now)
    await marks.anew(conn, house, me.id, school)


def _notice(house: House, school: School, title: Text, body: Text, kind: Kind, until: date) -> SchoolNotice:
    closes = datetime.combine(until, time(23, 0), JAPAN)
    asks = Asks(kind, closes, questions_of(kind))
    event = Event(until + timedelta(days=7), "08:30", "15:00", "上野動物園") if kind == "consent" else None
    whose = (uuid5(CITY, f"{school.id}:{kind}"), school.ward, school.id, frozenset({school.mark}))
    return SchoolNotice(*whose, title, body, asks, event, BY, house.clock(), closes, 1, None)


async def _send(conn: AsyncConnection, house: House, school: School, told: SchoolNotice) -> None:
    await notice.keep(conn, told)
    await posting.publish(conn, house, school, told)


async def _absence(
    conn: AsyncConnection, house: House, school: School, pupil: Pupil, kind: str, said: Said, *, late: bool = False
) -> None:
    (guardian, *_) = await store.guardians_of(conn, school, pupil.id)
    sealed, now = school.key.seal(SEALED, msgspec.json.encode(said)), house.clock()
    day = house.today()
    await conn.execute(
        insert(absences).values(
            id=uuid5(CITY, f"{pupil.id}:absence"),
            version=1,
            pupil=pupil.id,
            resident=guardian.resident,
            ward=school.ward,
            school=school.id,
            kind=kind,
            from_on=day,
            to_on=day,
            said=sealed,
            is_late=late,
            state="sent",
            sent_at=now,
            came_at=now,
        )
    )
