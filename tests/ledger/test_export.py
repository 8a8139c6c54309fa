"""She takes her list away: the JSON can be tried without us, the PDF is Japanese text, and both are noted."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pypdfium2

from bff.exchange.evidence import chain
from tests.ledger.test_questions import readings
from tests.town import Town


def follows(entry: dict[str, Any]) -> bool:
    """By the words of the file's own `docs`."""
    record = json.dumps(entry["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    link = hashlib.sha512(bytes.fromhex(entry["before"]) + hashlib.sha512(record).digest()).hexdigest()
    return link == str(entry["link"])


async def test_every_entry_of_the_json_is_there_and_proves_itself_and_a_changed_one_does_not(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await ken.fills_home()
    await hana.fills_home()
    async with town.house.db.house() as conn:
        assert await chain.link_new(conn) > 0
    answer = await hana.browser.get("/ledger/readings.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert "attachment" in answer.headers["content-disposition"]
    told = answer.json()
    assert (told["schema"], told["for"]) == ("kurashimado-readings-1", "佐藤 はな")
    linked = [entry for entry in told["entries"] if entry["place"] is not None]
    assert len(linked) == len(told["entries"]) - 1, "her own taking is not linked yet"
    assert all(follows(entry) for entry in linked)
    mine = (await hana.asks("{ viewer { id } }"))["viewer"]["id"]
    assert {entry["record"]["resident"] for entry in told["entries"]} == {mine}
    linked[0]["record"]["purpose"] = "something else"
    assert not follows(linked[0])
    last = told["entries"][-1]["record"]
    assert (last["direction"], last["purpose"], last["issue"]) == ("within", "export", "JSON")
    (own, *_) = await readings(hana, kind="LOOKED")
    assert (own["who"]["ja"], own["sourceName"]["ja"]) == ("ご本人", "「だれが見たか」の記録全体")


async def test_the_pdf_is_japanese_text_and_a_stranger_gets_neither(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    answer = await hana.browser.get("/ledger/readings.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(answer.content) as opened:
        assert "だれが見たか" in opened[0].get_textpage().get_text_range()
    stranger = town.browser()
    for path in ("/ledger/readings.json", "/ledger/readings.pdf"):
        refused = await stranger.get(path)
        assert (refused.status_code, refused.headers["location"]) == (303, "/readings")
