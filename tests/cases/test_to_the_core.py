"""What was decided here reaches the ward's core system whole, and what the ward issues upon it reaches her."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256
from typing import Any

import httpx

from tests.family.people import does
from tests.graphql.test_papers import uploaded
from tests.staff.test_cases import REASON, at_work, chooses, mine, opened, settles, version
from tests.tasks.test_parts import DO, EMPLOYER, asks, wants_a_place
from tests.town import Outside, Person, Town
from tests.uploads.test_uploads import a_photo

NURSERY = "nursery_certification"
DOCUMENTS = (
    "{ viewer { documents { number title to verdict isCertificate validUntil content entries { label value } } } }"
)


async def documents(person: Person) -> dict[str, dict[str, Any]]:
    return {one["title"]: one for one in (await person.asks(DOCUMENTS))["viewer"]["documents"]}


async def test_a_decision_goes_with_photographs_and_parts_and_comes_back_as_documents(
    town: Town, outside: Outside
) -> None:
    await chooses(await at_work(town, "minato-admin"), NURSERY)
    ishii = await at_work(town, "minato-caseworker")
    hana, nobody = await town.resident("hana"), Person(town.browser())
    step, answers = await wants_a_place(hana)
    employer = await asks(town, hana, step["id"], "employment", "みどり商事")
    photo = await uploaded(hana, a_photo())
    await hana.sends(step, answers, attachments=[{"paper": "handbook", "upload": photo["id"]}])
    await does(nobody, DO, code=employer["code"], answers=EMPLOYER)
    await settles(town)
    (sent,) = await mine(hana)
    path = f"/staff/cases/{sent['id']}"

    page = await opened(ishii, sent["id"])
    assert "母子健康手帳の写し" in page.at("file-1")
    assert "証明書発行事業所名 みどり商事株式会社 代表者名" in page.at("part")
    saved = await ishii.browser.post(f"{path}/files/1", data=REASON)
    assert sha256(saved.content).hexdigest() == photo["digest"], "the very photograph"

    await outside.mode("core_cases", "error")
    decide = {**REASON, "version": version(page), "outcome": "decided", "grounds": "認定しました"}
    assert (await ishii.sends(f"{path}/decide", decide)).status == 303
    await settles(town)
    assert "引き渡し待ち" in (await ishii.opens(path)).at("handover")
    assert await documents(hana) == {}
    await outside.mode("core_cases", "ok")
    await town.time_passes_for_jobs()
    await settles(town)
    assert "引き渡し済み" in (await ishii.opens(path)).at("handover")
    async with httpx.AsyncClient() as http:
        shown = await http.get(f"{outside.origin}/_ward", headers={"Accept": "text/html"})
        desk = shown.text.partition("基幹システムに届いた決定")[2]
    assert sent["receiptNumber"] in desk
    assert all(one in desk for one in ("母子健康手帳の写し", "image/jpeg", "就労証明書", "application/json"))

    found = await documents(hana)
    assert {one["verdict"] for one in found.values()} == {"VALID"}
    notice, certificate = found["決定通知書"], found["保育の支給認定証"]
    said = {one["label"]: one["value"] for one in notice["entries"]}
    assert (said["受付番号"], said["理由"]) == (sent["receiptNumber"], "認定しました")
    assert "審査請求" in said["不服申立て"]
    assert (certificate["isCertificate"], certificate["to"], bool(certificate["validUntil"])) == (
        True,
        "佐藤 はな",
        True,
    )
    assert json.loads(b64decode(certificate["content"]))["number"] == certificate["number"]
    inbox = "{ viewer { inbox(first: 50) { nodes { title { ja } about } } } }"
    told = [one["title"]["ja"] for one in (await hana.asks(inbox))["viewer"]["inbox"]["nodes"]]
    assert told.count("書類が届きました") == 1
