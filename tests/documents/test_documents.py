"""A certificate and a decision come with the ward's seal; what was changed, or sealed by another, says so."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from sqlalchemy import text

from bff.connectors.ward_documents.mapping import Issued
from bff.documents import copies, receiving
from bff.documents.document import Entry, Written, tried
from bff.documents.paper import Print, paper
from bff.errors import NotFound
from bff.identity.residents import resident_of
from bff.ink import Ink
from bff.journeys import issued as jobs
from infra.sandbox.ward_seals import WardSeals
from tests.family.people import readings
from tests.graphql.test_applications import newborn
from tests.town import Outside, Person, Town

FIELDS = (
    "id number title to isCertificate issuedOn validUntil verdict verdictText { ja easy en } entries { label value }"
    " content seal"
)
ALL = f"{{ viewer {{ documents {{ {FIELDS} }} inbox(first: 50) {{ nodes {{ title {{ ja }} }} }} }} }}"
FETCH = "mutation { it: fetchDocuments { __typename } }"
DELETE = "mutation($id: ID!) { it: deleteDocument(id: $id) { __typename } }"
INK = Ink(Path(os.environ.get("KURASHIMADO_ASSETS", "pwa/dist")))
MADE = datetime(2026, 4, 2, tzinfo=UTC)
MINATO, SETAGAYA = "131032", "131121"
NUMBER = "123456789018"
"""Twelve digits whose check digit fits."""


async def fetches(town: Town, person: Person) -> list[dict[str, Any]]:
    await person.asks(FETCH)
    await town.promises_are_kept()
    return list((await person.asks(ALL))["viewer"]["documents"])


async def told(person: Person) -> list[str]:
    return [one["title"]["ja"] for one in (await person.asks(ALL))["viewer"]["inbox"]["nodes"]]


async def test_what_the_ward_issued_is_tried_kept_sealed_told_and_deleted(town: Town, outside: Outside) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    await town.promises_are_kept()
    query = "query($id: ID!) { viewer { application(id: $id) { wardNumber } } }"
    application = (await hana.asks("{ viewer { applications { nodes { id } } } }"))["viewer"]["applications"]["nodes"][
        0
    ]
    number = (await hana.asks(query, id=application["id"]))["viewer"]["application"]["wardNumber"]
    await outside.ward_moves(number, "decided")
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    await town.promises_are_kept()
    mine = {one["title"]: one for one in (await hana.asks(ALL))["viewer"]["documents"]}
    assert set(mine) == {"子ども医療証", "決定通知書"}, "by itself, when the ward has decided"
    assert {one["verdict"] for one in mine.values()} == {"VALID"}
    decision, certificate = mine["決定通知書"], mine["子ども医療証"]
    assert decision["entries"][0] == {"label": "受付番号", "value": sent["receiptNumber"]}
    assert (certificate["isCertificate"], decision["isCertificate"], decision["validUntil"]) == (True, False, None)
    assert json.loads(base64.b64decode(certificate["content"]))["ward"] == MINATO, "the file she takes away"
    assert (await told(hana)).count("書類が届きました") == 1
    assert (await ken.asks(ALL))["viewer"]["documents"] == []
    assert (await ken.asks(DELETE, id=decision["id"]))["it"]["__typename"] == "NotFound"
    for odd in ("x", "00000000-0000-4000-8000-000000000000", NUMBER):
        assert (await hana.asks(DELETE, id=odd))["it"]["__typename"] == "NotFound"
    async with town.house.db.house() as conn:
        rows = (await conn.execute(text("SELECT content, seal FROM documents"))).all()
        assert all(sent["receiptNumber"].encode() not in bytes(cell) for row in rows for cell in row)
        soon = town.house.today() + timedelta(days=20)
        await conn.execute(text("UPDATE documents SET valid_until = :on WHERE valid_until IS NOT NULL"), {"on": soon})
    await jobs.remind(town.house)
    await jobs.remind(town.house)
    assert (await told(hana)).count("有効期限が近い書類があります") == 1
    assert (await hana.asks(DELETE, id=decision["id"]))["it"]["__typename"] == "Documents"
    assert [one["title"] for one in await fetches(town, hana)] == ["子ども医療証"], "what she deleted stays away"
    await outside.mode("ward_documents", "silent")
    assert [one["title"] for one in await fetches(town, hana)] == ["子ども医療証"], "a silent ward takes nothing away"
    await outside.mode("ward_documents", "ok")
    await it_says_so_when_a_seal_does_not_hold(town, hana)


COPY = (
    "query($code: String!) { it: copy(code: $code) { __typename ... on NotFound { message { ja } }"
    " ... on Copy { title to verdict isOver digest entries { label value } } } }"
)


async def test_a_copy_on_paper_is_compared_with_what_the_ward_sealed(town: Town) -> None:
    hana, ken, desk = await town.resident("hana"), await town.resident("ken"), Person(town.browser())
    (mine,) = await fetches(town, hana)
    copy = (await hana.asks("{ viewer { documents { digest copy { address until square { side } } } } }"))["viewer"]
    (told,) = copy["documents"]
    assert told["copy"]["until"] == (town.house.today() + timedelta(days=90)).isoformat()
    assert told["digest"] == sha256(base64.b64decode(mine["content"])).hexdigest()
    pdf = await hana.browser.get(f"/issued/{mine['id']}")
    assert (pdf.content[:5], pdf.headers["content-type"]) == (b"%PDF-", "application/pdf")
    assert (await ken.browser.get(f"/issued/{mine['id']}")).status_code == 404
    assert (await desk.browser.get(f"/issued/{mine['id']}")).status_code == 303

    code = told["copy"]["address"].partition("#")[2]
    seen = (await desk.asks(COPY, code=code))["it"]
    assert (seen["title"], seen["to"], seen["verdict"], seen["digest"]) == (
        "子ども医療証",
        "佐藤 はな",
        "VALID",
        told["digest"],
    )
    looked = [one for one in await readings(hana) if one["who"] and one["who"]["ja"] == "写しを持っている人"]
    assert [one["case"] for one in looked] == [mine["number"]]
    for odd in (code[:-2] + "AA", code[:20], "", "あ", "x" * 5000, mine["id"]):
        assert (await desk.asks(COPY, code=odd))["it"]["__typename"] == "NotFound"
    house = town.house
    town.house = replace(house, clock=lambda: house.clock() + timedelta(days=91))
    roots = receiving.roots_of(house.settings.ward_seal_roots)
    with pytest.raises(NotFound):
        await copies.look_at(town.house, code, roots)
    town.house = house
    await hana.asks(DELETE, id=mine["id"])
    assert "確かめられません" in (await desk.asks(COPY, code=code))["it"]["message"]["ja"]


def test_a_paper_holds_every_entry_and_a_square_that_leads_to_its_proof() -> None:
    """However long an entry is; what would be markup is text."""
    entries = tuple(Entry(f"項目{n}", "長い<b>文章 & " * 20) for n in range(60))
    written = Written("1", MINATO, "decision", "決定通知書", "佐藤 <はな>", date(2026, 4, 1), date(2026, 5, 1), entries)
    address = "https://kurashimado.test/copy#" + "A" * 72
    beside = Print("港区", "2026年4月2日 10:00", "ab" * 32, address, date(2026, 7, 1), is_over=True)
    made = paper(written, beside, ink=INK, made_at=MADE)
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") > 1
    blank = paper(msgspec.structs.replace(written, entries=()), beside, ink=INK, made_at=MADE)
    assert blank.count(b"/Type /Page\n") == 1
    assert "〓" not in _first_page(blank)
    rare = msgspec.structs.replace(written, to="髙𠮷 葛󠄀 Nguyễn", entries=(Entry("住所", "𠮷祥台一丁目"),))
    printed = _first_page(paper(rare, beside, ink=INK, made_at=MADE))
    assert "髙𠮷 葛 Nguyễn" in printed
    assert "𠮷祥台一丁目" in printed
    assert "〓" not in printed
    unknown = msgspec.structs.replace(rare, to="🏠と\u202e犬\n猫")
    printed = _first_page(paper(unknown, beside, ink=INK, made_at=MADE))
    assert "〓と犬 猫" in printed, "a blank would hide that a character is missing"
    assert "〓は印刷できない文字です" in printed


def _first_page(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        told: str = opened[0].get_textpage().get_text_range()
    return told


async def it_says_so_when_a_seal_does_not_hold(town: Town, hana: Person) -> None:
    kept = (await hana.asks(ALL))["viewer"]["documents"][0]
    content, seal = base64.b64decode(kept["content"]), base64.b64decode(kept["seal"])
    changed = content.replace("なし".encode(), "あり".encode())
    async with town.house.db.house() as conn:
        id = (await conn.execute(text("SELECT resident FROM documents LIMIT 1"))).scalar_one()
        resident = await resident_of(conn, id, town.house.keys)
        assert resident is not None
        roots = receiving.roots_of(town.house.settings.ward_seal_roots)
        issued = [Issued("X-1", changed, seal)]
        await receiving.receive(conn, resident, MINATO, issued, roots, town.house.clock(), town.house.new_id)
    broken = next(one for one in (await hana.asks(ALL))["viewer"]["documents"] if one["number"] == "X-1")
    assert broken["verdict"] == "BROKEN"
    assert "内容が変わっている" in broken["verdictText"]["ja"]


def test_each_fault_of_a_seal_has_its_name(tmp_path: Path) -> None:
    seals, strangers, now = WardSeals(tmp_path / "seals"), WardSeals(None), datetime.now(UTC)
    roots = receiving.roots_of(tmp_path / "seals" / "root.pem")
    written = {"number": "1", "ward": MINATO, "kind": "certificate", "title": "医療証", "to": "佐藤 はな"}
    written |= {"issued_on": "2026-01-01", "valid_until": None, "entries": []}
    content = json.dumps(written).encode()
    seal = seals.over(MINATO, content)
    assert tried(content, seal, ward=MINATO, roots=roots, now=now) == "valid"
    assert tried(content + b" ", seal, ward=MINATO, roots=roots, now=now) == "broken"
    assert tried(content, seal[:-1], ward=MINATO, roots=roots, now=now) == "broken"
    assert tried(content, b"", ward=MINATO, roots=roots, now=now) == "broken"
    assert tried(content, strangers.over(MINATO, content), ward=MINATO, roots=roots, now=now) == "unknown_seal"
    assert tried(content, seal, ward=MINATO, roots=[], now=now) == "unknown_seal"
    assert tried(content, seals.over(SETAGAYA, content), ward=MINATO, roots=roots, now=now) == "other_ward"
    assert tried(content, seal, ward=SETAGAYA, roots=roots, now=now) == "other_ward"
    assert tried(content, seal, ward=MINATO, roots=roots, now=now + timedelta(days=9999)) == "seal_expired"
    number = json.dumps({**written, "entries": [{"label": "番号", "value": NUMBER}]}, ensure_ascii=False).encode()
    for odd in (b"{}", b"[" * 100_000, number):
        assert tried(odd, seals.over(MINATO, odd), ward=MINATO, roots=roots, now=now) == "unreadable"
