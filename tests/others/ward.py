"""One of everything that an official of Minato makes, and an official of Setagaya who may do all there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from PIL import Image
from sqlalchemy import text

from bff.identity import staff
from bff.identity.roles import ROLES
from bff.identity.userinfo import OfficialClaims
from bff.reach import letters
from tests.accounts.people import registers
from tests.accounts.test_closing import asks as asks_closure
from tests.accounts.test_closing import known_to_minato
from tests.family.people import ASK, does
from tests.house.test_flows import begins as begins_flow
from tests.paper.drawn import RECEIVED, REPORT, png
from tests.staff.desk import MINATO, Official, letter
from tests.town import Person, Town
from tests.uploads.test_uploads import a_photo

EVERY_ROLE = tuple(role for role in ROLES if role != "school")
TITLE, CASE, CLOSURE, NOTE = "港区だけの下書き標識", "港標識71", "MINATO-77", "港の端末を紛失した標識"
OUTAGE_OF = "港区の機械の標識"
PLACE = "港の標識区民館"
BANNER = "港の横断幕の標識"


@dataclass(frozen=True)
class Minato:
    """`ids` by the name a route gives its hole; `form`: whatever a page may ask for, with all that is Minato's."""

    ids: dict[str, str]
    form: dict[str, str]
    marks: tuple[str, ...]


async def at_work(town: Town, name: str, ward: str) -> Official:
    """`name`, in every role but the narrow one of a school, as the realm's word and a passkey leave the browser."""
    claims = OfficialClaims(sub=name, name=name, ward=ward, roles=EVERY_ROLE, department="何でも課", school="")
    now = town.house.clock()
    async with town.house.db.house() as conn:
        who = await staff.welcome(conn, issuer="https://staff.test", claims=claims, new_id=uuid4, now=now)
        token = await staff.begin(
            conn,
            who.id,
            id=uuid4(),
            now=now,
            lifetimes=town.house.staff_lifetimes,
            new_token=lambda: uuid4().hex + uuid4().hex,
            ended=None,
            rose_at=now,
        )
    browser = town.browser()
    browser.cookies.set("__Host-staff", token, domain="kurashimado.test", path="/")
    return Official(browser, who.id)


async def desk_of_minato(town: Town, hana: Person) -> Minato:
    """All of it made through the pages."""
    await town.official("staff-minato-operator")
    official = await at_work(town, "港区標識職員", MINATO)
    path = await official.writes(title_ja=TITLE, audience_name=f"{TITLE}の対象")
    assert (await official.sends("/staff/templates/new", letter(name=f"{TITLE}のひな形"))).status == 303
    file = {"file": ("港区だけの地図.jpg", a_photo(), "image/jpeg")}
    until = {"kept_until": str(town.house.today())}
    assert (await official.browser.post(f"{path}/attachments", data=until, files=file)).status_code == 303
    await official.asks_for_approval(path)
    page = await registers(official.browser, case_number=CASE)
    known = await known_to_minato(town, hana)
    assert (await asks_closure(official.browser, known, case_number=CLOSURE)).status_code == 303
    asked = await does(hana, ASK, kind="parent", ward=MINATO, wanted="標識なお")
    run = await begins_flow(town, "catalogue_to_wards")
    plan: dict[str, str | list[str]] = {"text_easy": "きかいの標識", "text_en": "Machines", **_days(town, OUTAGE_OF)}
    assert (await official.sends("/staff/services/registry/outage", plan)).status == 303
    of_operator = await _one(town, "SELECT id FROM staff WHERE name <> '港区標識職員' AND school IS NULL")
    assert (await official.sends(f"/staff/people/{of_operator}/reset", {"note": NOTE})).status == 303
    ids = {
        "broadcast": path.rpartition("/")[2],
        "registration": page.rpartition("/")[2],
        "mandate": asked["id"],
        "run": str(run),
        "closure": await _one(town, "SELECT id FROM closures"),
        "ask": await _one(town, "SELECT id FROM staff_asks"),
        "official": of_operator,
        "session": await _one(town, f"SELECT id FROM staff_sessions WHERE staff = '{of_operator}'"),
        "passkey": await _one(town, f"SELECT id FROM passkeys WHERE official = '{of_operator}'"),
        "outage": await _one(town, "SELECT id FROM service_acts"),
        "audience": await _one(town, "SELECT id FROM saved_audiences"),
        "template": await _one(town, "SELECT id FROM mail_templates"),
        "attachment": await _one(town, "SELECT id FROM notice_attachments WHERE name LIKE '港区だけの%'"),
        "service": "registry",
        "flow": "move_handover",
        "place": "0",
    }
    ids |= {"list": await _list(town)}
    ids |= await _places(town, official) | await _paper(official) | await _reach(town, official, ids["broadcast"])
    ids |= await _administration(town, official)
    number = await _one(town, "SELECT number FROM desk_codes")
    shown = [ids[one] for one in ("broadcast", "registration", "mandate", "closure", "ask", "official", "session")]
    marks = (
        BANNER,
        PLACE,
        TITLE,
        CASE,
        CLOSURE,
        NOTE,
        "港区標識職員",
        "標識なお",
        "田中 太郎",
        OUTAGE_OF,
        number,
        *shown,
    )
    return Minato(ids, _typed(town, who=known, number=number), tuple(str(mark) for mark in marks))


async def _reach(town: Town, official: Official, broadcast: str) -> dict[str, str]:
    """A key of the ward's systems, and a list of letters two officials have agreed to."""
    made = await official.sends("/staff/senders", {"label": f"{TITLE}の鍵", "scope_notices": "on"})
    assert made.status == 200
    async with town.house.db.house() as conn:
        by, of = official.id, UUID(broadcast)
        made_list = await letters.promise(conn, town.house, notice=of, ward=MINATO, by=by, reason=NOTE)
        told = (await conn.execute(text("SELECT * FROM reach_letters WHERE id = :id"), {"id": made_list})).one()
        await letters._keep_part(conn, town.house, told, {1: letters.Line(PLACE, TITLE, "ja")})
        await conn.execute(text("UPDATE reach_letters SET state = 'made' WHERE id = :id"), {"id": made_list})
    return {"list_id": str(made_list), "part": "1", "key_id": await _one(town, "SELECT id FROM sender_keys")}


async def _administration(town: Town, official: Official) -> dict[str, str]:
    """A banner of the ward, a mishap of the house, and who tries the ward out."""
    said = dict.fromkeys(("text_ja", "text_easy", "text_en"), "標")
    kept = "INSERT INTO ward_banners SELECT gen_random_uuid(), :ward, :text, :text, :text, now(),"
    by_two = "now() + interval '1 day', now(), gen_random_uuid(), '標識', now(), gen_random_uuid(), '標識', NULL, NULL"
    async with town.house.db.house() as conn:
        await conn.execute(text(f"{kept} {by_two}"), {"ward": MINATO, "text": BANNER})
    told = {"functions": "login", "degree": "partly", "began": "2020-01-01T09:00", **said}
    assert (await official.sends("/staff/incidents", told)).status == 303
    return {
        "banner": await _one(town, "SELECT id FROM ward_banners"),
        "incident": await _one(town, "SELECT id FROM incidents"),
        "resident": await _one(town, "SELECT id FROM residents ORDER BY id LIMIT 1"),
        **{"item": "ward_file", "step": "announce", "to": "trial"},
    }


async def _list(town: Town) -> str:
    """A list of five people's receipt numbers would take five people."""
    kept = "INSERT INTO mail_lists (id, ward, name, people, by_name, at, ends_on)"
    async with town.house.db.house() as conn:
        made = text(f"{kept} VALUES (gen_random_uuid(), :ward, :name, 5, '標識', now(), '2099-01-01') RETURNING id")
        return str((await conn.execute(made, {"ward": MINATO, "name": f"{TITLE}のリスト"})).scalar_one())


async def _places(town: Town, official: Official) -> dict[str, str]:
    """A version of the ward's open data, and what may be booked there."""
    file = {"file": ("a.csv", f"ID,名称,POIコード\n1,{PLACE},1302\n".encode(), "text/csv")}
    made = await official.browser.post("/staff/facilities", data={"dataset": "public_facility"}, files=file)
    assert made.status_code == 303, made.text
    return {"version": made.headers["location"].rpartition("/")[2]}


async def _paper(official: Official) -> dict[str, str]:
    """One that came to the counter, and is in his hands."""
    assert (await official.sends(f"/staff/cases/procedures/{REPORT}", {"here": "yes"})).status == 303
    page = {"file": ("a.png", png(Image.new("L", (60, 60), "white")), "image/png")}
    sent = {"procedure": REPORT, "received_on": RECEIVED.isoformat()}
    made = await official.browser.post("/staff/paper/new", data=sent, files=page)
    assert made.status_code == 303, made.text
    return {"intake": made.headers["location"].rpartition("/")[2], "number": "1"}


def _days(town: Town, told: str) -> dict[str, str]:
    day = town.house.today() + timedelta(days=5)
    return {"begins": f"{day}T20:00", "ends": f"{day}T22:00", "text_ja": told}


def _typed(town: Town, **more: str) -> dict[str, str]:
    """Right in every field, so that nothing but the ward stands in the way."""
    until = str(town.house.today() + timedelta(days=200))
    plain = ("reason", "note", "answer", "why", "name", "case_number")
    told = {**{key: str(value) for key, value in letter().items() if key != "do"}, **dict.fromkeys(plain, "世9")}
    told |= {"papers": "seen", "checked": "photo_one", "person": "m-1003", "until": until, "kept_days": "30"}
    return {**told, **_days(town, "世田谷の機械"), "version": "1", "do": "close", **more}


async def sends(official: Official, path: str, form: dict[str, str]) -> Any:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return await official.browser.post(path, content=urlencode({**form, "key": str(uuid4())}), headers=kind)


async def _one(town: Town, query: str) -> str:
    async with town.house.db.house() as conn:
        return str((await conn.execute(text(query))).scalar_one())
