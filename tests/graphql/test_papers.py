"""Photographs of papers go with an application: once, bound to it, and as far as the ward's desk."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx

from bff.applications.application import Paper
from bff.applications.canonical import canonical
from life_events import load_catalogue
from life_events.filed import filed
from life_events.law import Dated
from tests.graphql.test_applications import newborn
from tests.town import Outside, Person, Town
from tests.uploads.test_uploads import a_pdf, a_photo

PAPERS = "{ viewer { home { bundles { steps { id form { papers { id name { ja } } } } } } filedRule { ja } } }"
SENT = (
    "query($id: ID!) { viewer { application(id: $id) { clockAhead completedAt acceptedAt filed { at text { ja } }"
    " attachments { paper file name { ja } mediaType size digest } } } }"
)


async def uploaded(person: Person, content: bytes, key: str | None = None) -> dict[str, Any]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = await person.browser.post("/uploads", content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_hanas_photographs_reach_the_ward_with_her_claim_and_once(town: Town, outside: Outside) -> None:
    hana, fumi = await town.resident("hana"), await town.resident("fumi")
    step, answers = await newborn(hana)
    viewer = (await hana.asks(PAPERS))["viewer"]
    steps = [one for bundle in viewer["home"]["bundles"] for one in bundle["steps"]]
    form = next(one["form"] for one in steps if one["id"] == step["id"])
    assert [paper["id"] for paper in form["papers"]] == ["living_apart", "older_sibling"]
    assert "区にご確認" in viewer["filedRule"]["ja"]

    key = str(uuid4())
    photo, again = await uploaded(hana, a_photo(), key), await uploaded(hana, a_photo(), key)
    assert again == photo, "the same file sent twice is one"
    assert (await uploaded(fumi, a_photo(), key))["id"] != photo["id"]
    pdf = await uploaded(hana, a_pdf())
    attached = [{"paper": "living_apart", "upload": photo["id"]}, {"paper": "older_sibling", "upload": pdf["id"]}]
    for wrong, code in (
        ([{"paper": "passport", "upload": photo["id"]}], "unknown_paper"),
        ([{"paper": "living_apart", "upload": str(uuid4())}], "gone"),
        ([{"paper": "living_apart", "upload": photo["id"]}] * 2, "too_many"),
    ):
        refused = await hana.sends(step, answers, attachments=wrong)
        assert [field["code"] for field in refused["fields"]] == [code]

    completed = datetime(2026, 1, 1, tzinfo=UTC)
    papers = tuple(
        Paper(one["paper"], bytes.fromhex(file["digest"])) for one, file in zip(attached, (photo, pdf), strict=True)
    )
    document = canonical(
        procedure=step["procedure"], version=step["form"]["version"], subject=step["subject"]["id"],
        ward="131032", answers=answers, completed_at=completed, papers=papers,
    )  # fmt: skip
    wish = {"id": str(uuid4()), "attachments": attached, "digest": sha256(document).hexdigest(), "clockAhead": 7200}
    results = await asyncio.gather(*(hana.sends(step, answers, **wish) for _ in range(3)))
    results.append(await hana.sends(step, answers, **wish))
    assert {(one["__typename"], one["receiptNumber"]) for one in results} == {
        ("Application", results[0]["receiptNumber"])
    }

    await town.promises_are_kept()
    shown = (await hana.asks(SENT, id=wish["id"]))["viewer"]["application"]
    assert [(one["paper"], one["mediaType"]) for one in shown["attachments"]] == [
        ("living_apart", "image/jpeg"),
        ("older_sibling", "application/pdf"),
    ]
    assert (shown["clockAhead"], shown["filed"]["at"]) == (7200, shown["acceptedAt"])
    given = await hana.browser.get(f"/uploads/{shown['attachments'][0]['file']}")
    assert sha256(given.content).hexdigest() == photo["digest"]
    assert (await fumi.browser.get(f"/uploads/{shown['attachments'][0]['file']}")).status_code == 404

    async with httpx.AsyncClient(base_url=outside.origin) as http:
        desk = (await http.get("/_ward", headers={"Accept": "application/json"})).json()
    (at_ward,) = [row for row in desk if row["key"] == wish["id"]]
    assert at_ward["receipt_number"] == results[0]["receiptNumber"]
    assert [(one["paper"], one["digest"]) for one in at_ward["attachments"]] == [
        ("living_apart", photo["digest"]),
        ("older_sibling", pdf["digest"]),
    ]
    assert all(one["name"] and one["size"] for one in at_ward["attachments"])


def test_arrival_counts_unless_a_ward_honours_what_was_completed_shortly_before() -> None:
    law, arrived = load_catalogue().law, datetime(2026, 11, 27, 0, 30, tzinfo=UTC)
    assert filed(law, arrived - timedelta(hours=1), arrived).by == "arrived"
    grace = law.in_ward({"hours_completed_counts": _hours(24)}, (), law.opening)
    assert filed(grace, arrived - timedelta(hours=23), arrived).at == arrived - timedelta(hours=23)
    assert filed(grace, arrived - timedelta(hours=25), arrived).by == "arrived"
    assert filed(grace, arrived + timedelta(hours=1), arrived).by == "arrived", "a clock that was wrong"


def _hours(value: int) -> tuple[Any, ...]:
    return (Dated(start=date(2020, 1, 1), value=value),)
