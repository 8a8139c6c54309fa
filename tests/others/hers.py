"""Everything of Hana's that has an id or a code, made as she makes it; and what of it stands in the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from notifications.attachments import store as attachments
from notifications.attachments.store import Kept
from tests.accounts.test_merging import begins as begins_merge
from tests.bookings.booked import booked
from tests.calendars.feeds import feed_of
from tests.documents.test_documents import fetches
from tests.family.people import INVITE, does, given, wish
from tests.folders.test_folders import KEEP
from tests.graphql.test_applications import newborn
from tests.graphql.test_difference import compares
from tests.identity.authenticator import Authenticator
from tests.ledger.test_questions import WHY, asks, readings
from tests.links.test_links import links
from tests.login.test_passkeys import binds, comes
from tests.payments.bills import bill_for
from tests.school.people import at_school
from tests.signing.signer import begins, filing, receipt_of
from tests.tasks.test_parts import ASK
from tests.town import Outside, Person, Town
from tests.uploads.test_uploads import a_photo

SUBSCRIBE = "mutation($input: PushSubscriptionInput!) { subscribePush(input: $input) { __typename } }"
TRY = "mutation($endpoint: String!) { tryPush(endpoint: $endpoint) { ... on PushTrial { id } } }"
ALL = (
    "{ viewer { id name applications { nodes { id receiptNumber } pageInfo { endCursor } } unread"
    " inbox { nodes { id } pageInfo { endCursor } } readings(first: 3) { pageInfo { endCursor } }"
    " devices { thisSession sessions { id } passkeys { id } } } }"
)
APPEND_ONLY = {"exchange_log", "login_log", "staff_log", "exchange_log_heads"}
"""Whoever tries leaves a trace: these may grow, and what stands in them stays."""


@dataclass(frozen=True)
class Hers:
    """`ids`: what another may get hold of, by name; `marks`: what nobody else may be shown."""

    ids: dict[str, str]
    marks: tuple[str, ...]
    resident: str

    def seen_in(self, told: str, *, allowed: frozenset[str] = frozenset()) -> list[str]:
        return [mark for mark in self.marks if mark in told and mark not in allowed]


async def life(town: Town, outside: Outside, hana: Person, morimoto: Person) -> Hers:
    """Hana has used all there is; Morimoto is the care manager of her mother-in-law."""
    step, answers = await newborn(hana)
    await hana.answers("moving", True)
    await hana.answers("care_worry", True)
    leave = await begins(hana, filing(step, answers))
    ids = {"folder": await kept_together(hana, step)}
    application = (await hana.sends(step, answers, folder=ids["folder"]))["id"]
    _, receipt = await receipt_of(town, hana, application)
    ids |= {"digest": "00" * 32, "application": application, "step": step["id"], "procedure": step["procedure"]}
    ids |= {"leave": leave, "signature": leave.rpartition("/")[2]}
    ids |= {"subject": step["subject"]["id"], "version": step["form"]["version"]}
    ids |= await booked(town, hana)
    ids |= await _family(town, hana, morimoto) | await _devices(town, outside, hana)
    ids["upload"] = (await hana.browser.post("/uploads", content=a_photo())).json()["id"]
    ids["feed"], ids["feed_address"] = await feed_of(hana)
    ids["bill"] = str(await bill_for(town, hana))
    ids |= {"link": "akari-denryoku", "ward_file": "131032.json"}
    await links(hana, ids["link"], "hana")
    entry = next(one for one in await readings(hana) if one["source"] == "registry")
    asked = (await asks(hana, entry["id"]))["question"]
    ids |= {"reading": entry["id"], "question": asked["id"], "merge": await begins_merge(hana)}
    move = await compares(hana, on=str(town.house.today() + timedelta(days=20)))
    assert move is not None
    ids |= {"member": move["people"][0]["id"], "sheet": move["handover"]["contents"]}
    ids["movesOn"] = str(town.house.today() + timedelta(days=20))
    ids |= await _asked_part(hana, ids["movesOn"]) | await at_school(town, hana)
    (document, *_) = await fetches(town, hana)
    ids |= {"document": document["id"], "document_seal": document["seal"]}
    viewer = (await hana.asks(ALL))["viewer"]
    ids["notice"] = viewer["inbox"]["nodes"][0]["id"]
    ids |= {"attachment": await _attached(town, UUID(ids["notice"])), "page": "0"}
    for one in ("applications", "inbox", "readings"):
        ids[f"after_{one}"] = viewer[one]["pageInfo"]["endCursor"]
    ids["receipt"] = viewer["applications"]["nodes"][0]["receiptNumber"]
    assert receipt
    secret = ("folder", "application", "signature", "upload", "question", "receipt", "notice")
    secret = (*secret, "pupil", "school_notice", "school_answer", "school_file", "absence")
    secret = (*secret, "passkey", "session", "booking", "part", "link_code", "document", "document_seal")
    names = (viewer["id"], viewer["name"], "佐藤", "芝浦", "EL-103-220417", WHY)
    return Hers(ids, (*names, *(ids[one] for one in (*secret, "mandate", "employer", "merge"))), viewer["id"])


async def _attached(town: Town, notice: UUID) -> str:
    """A picture that goes along with a notice of hers."""
    kept = Kept(uuid4(), "地図.jpg", "image/jpeg", a_photo(), (), town.house.today())
    async with town.house.db.house() as conn:
        now = town.house.clock()
        await attachments.attach(conn, notice=notice, ward="131032", school=None, kept=kept, by="x", now=now)
    return str(kept.id)


async def _asked_part(hana: Person, ends: str) -> dict[str, str]:
    """Her employer's certificate, asked by one link."""
    wish = {"step": "nursery_certification", "part": "employment", "to": "みどり", "endsOn": ends}
    asked = await does(hana, ASK, input=wish)
    return {"part": asked["id"], "link_code": asked["code"]}


async def kept_together(hana: Person, step: dict[str, Any]) -> str:
    """A folder that waits for the application of this step."""
    part = {"application": "00000000-0000-4000-8000-0000000000a1", "procedure": step["procedure"], "digest": "00" * 32}
    wanted = {"id": "00000000-0000-4000-8000-00000000f01d", "event": "pregnancy_birth"}
    kept = await hana.asks(
        KEEP,
        input={**wanted, "completedAt": "2026-01-01T00:00:00Z"},
        parts=[{**part, "subject": step["subject"]["id"]}],
    )
    return str(kept["keepFolder"]["id"])


async def _family(town: Town, hana: Person, morimoto: Person) -> dict[str, str]:
    """A mandate that holds, and those offered: one to the employer, two to the grandmother, one of which others try."""
    offered = await does(hana, INVITE, input=wish(town, "grandparent"))
    knocked = await does(hana, INVITE, input=wish(town, "grandparent"))
    employer = await does(hana, INVITE, input=wish(town, "employer"))
    return {
        "mandate": await given(town, hana, morimoto, "care_manager"),
        "offered": offered["mandate"]["id"],
        "invitation": knocked["code"],
        "knocked": knocked["mandate"]["id"],
        "employer": employer["mandate"]["id"],
        "task": employer["code"],
    }


async def _devices(town: Town, outside: Outside, hana: Person) -> dict[str, str]:
    phone, tablet = Authenticator(), town.browser()
    await binds(hana.browser, phone, "はなのスマホ")
    assert (await comes(tablet, phone)).status_code == 200
    devices = (await hana.asks(ALL))["viewer"]["devices"]
    (other,) = [one["id"] for one in devices["sessions"] if one["id"] != devices["thisSession"]]
    async with httpx.AsyncClient(base_url=outside.origin) as http:
        (made,) = (await http.post("/push/_subscriptions", json={"count": 1})).json()
    device = {"endpoint": made["endpoint"], **made["keys"]}
    assert (await hana.asks(SUBSCRIBE, input=device))["subscribePush"]["__typename"] == "PushDevice"
    tried = (await hana.asks(TRY, endpoint=made["endpoint"]))["tryPush"]["id"]
    return {"trial": tried, "session": other, "passkey": devices["passkeys"][0]["id"], **device}


async def kept_of(town: Town, *about: str) -> dict[str, list[str]]:
    """Each row of each table that names one of `about`."""
    kept: dict[str, list[str]] = {}
    async with town.house.db.house() as conn:
        tables = await conn.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for table in tables.all():
            rows = await conn.scalars(text(f'SELECT t::text FROM "{table}" t'))
            kept[table] = sorted(row for row in rows.all() if any(one in row for one in about))
    return kept


def changes(before: dict[str, list[str]], after: dict[str, list[str]], *meant: str) -> list[str]:
    """What became of rows that were there, and rows that were not; but for rows that name one of `meant`."""
    told = []
    for table, all_rows in before.items():
        rows = [row for row in all_rows if not any(one in row for one in meant)]
        lost, new = set(rows) - set(after[table]), set(after[table]) - set(all_rows)
        new = {row for row in new if not any(one in row for one in meant)}
        if lost or (new and table not in APPEND_ONLY and not table.startswith("procrastinate")):
            told.append(f"{table}: {sorted(lost)} → {sorted(new)}")
    return told


def any_of(told: str, *patterns: str) -> bool:
    return any(re.search(one, told) for one in patterns)


def inputs(hers: Hers, **changed: Any) -> dict[str, Any]:
    """Her application as another would send it."""
    wanted = {"id": hers.ids["application"], "procedure": hers.ids["procedure"], "version": hers.ids["version"]}
    return {**wanted, "subject": hers.ids["subject"], "answers": {}, "completedAt": "2026-01-01T00:00:00Z", **changed}
