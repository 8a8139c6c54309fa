"""What every door has in common: health, headers, and the app's own files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bff import shell
from tests.town import Town

HTML = {"Accept": "text/html"}
SIGNED_IN = {"Cookie": "__Host-session=one"}
PUBLIC = {"search", "events", "procedure", "verify"}
"""Rooms of the app that the house has pages of its own for, at the same addresses."""
ROOMS = Path(__file__).parents[2] / "pwa" / "screens" / "rooms.tsx"


async def test_an_operator_sees_that_the_house_is_alive_and_ready(town: Town) -> None:
    browser = town.browser()
    assert (await browser.get("/healthz")).json() == {"status": "ok"}
    assert (await browser.get("/readyz")).json() == {"status": "ok"}


async def test_a_house_without_its_database_is_alive_but_not_ready(town: Town) -> None:
    broken = Town(replace(town.settings, database_url="postgresql://nobody@/nothing?host=/no/such/folder"))
    try:
        assert (await broken.browser().get("/healthz")).status_code == 200
        assert (await broken.browser().get("/readyz")).status_code == 503
        login = await broken.browser().get("/login/start")
        assert (login.status_code, login.headers["retry-after"]) == (503, "5")
        assert "Traceback" not in login.text
        assert "psycopg" not in login.text
        asked = await broken.browser().post("/graphql", json={"query": "{ viewer { name } }"}, headers=SIGNED_IN)
        assert (asked.status_code, asked.headers["retry-after"]) == (503, "5")
        assert asked.json()["errors"][0]["extensions"] == {"code": "AWAY"}
        office = await broken.browser().get("/staff", headers={"Cookie": "__Host-staff=one", "Accept": "text/html"})
        assert (office.status_code, "何も保存されていません" in office.text) == (503, True)
    finally:
        await broken.close()


async def test_the_counters_are_for_this_machine_or_the_token(town: Town) -> None:
    browser = town.browser()
    assert (await browser.get("/metrics")).status_code == 200
    through_proxy = await browser.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert through_proxy.status_code == 403


async def test_every_address_a_person_may_open_starts_the_app(town: Town) -> None:
    """Every room of the phone's own list of addresses: a route of the house that began like one would hide it. Some are
    answered by a page for everybody, which needs no app (tests/public)."""
    rooms = re.findall(r"case '([a-z-]*)':|room === '([a-z-]+)'", ROOMS.read_text("utf-8"))
    tops, below = {top for top, _ in rooms if top}, {room for _, room in rooms if room}
    assert len(tops) > 20
    assert len(below) > 10
    assert (tops | below) - PUBLIC == shell.ROOMS
    known = ["/", "/step/child_allowance_claim%3Am-1004"]
    own, within = sorted(tops - PUBLIC), sorted(below - PUBLIC)
    asked = [*known, *(f"/{top}" for top in own), *(f"/{room}/one" for room in within)]
    told = {path: await town.browser().get(path, headers=HTML) for path in asked}
    assert {path: answer.status_code for path, answer in told.items() if answer.status_code != 200} == {}
    assert [path for path, answer in told.items() if "くらしまど" not in answer.text] == []
    assert {answer.headers["cache-control"] for answer in told.values()} == {"no-cache"}
    public = ["/search", "/events", "/events/care", "/procedure/birth_notice", "/verify"]
    assert {path.split("/")[1] for path in public} == PUBLIC
    assert {(await town.browser().get(path, headers=HTML)).status_code for path in public} == {200}


async def test_the_page_of_parts_is_a_designers_and_a_ward_leaves_it_closed(town: Town) -> None:
    closed = Town(replace(town.settings, components=False))
    try:
        assert (await town.browser().get("/components", headers=HTML)).status_code == 200
        assert (await closed.browser().get("/components", headers=HTML)).status_code == 404
        assert (await closed.browser().get("/settings", headers=HTML)).status_code == 200
    finally:
        await closed.close()


async def test_a_part_of_a_page_says_what_is_read_of_a_part_and_a_worker_all_of_it(town: Town) -> None:
    browser = town.browser()
    page = (await browser.get("/", headers=HTML)).text
    script, style = (
        re.findall(r'src="(/assets/[^"]+\.js)"', page)[0],
        re.findall(r'href="(/assets/[^"]+\.css)"', page)[0],
    )
    for part in (script, style):
        told = (await browser.get(part)).headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["cross-origin-resource-policy"] == "same-origin"
        assert not {"content-security-policy", "permissions-policy", "reporting-endpoints"} & set(told)
    worker = (await browser.get("/sw.js")).headers
    assert "default-src 'self'" in worker["content-security-policy"]


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/assets/..%2f..%2fpackage.json"])
async def test_nothing_outside_of_the_built_app_is_served(town: Town, path: str) -> None:
    answer = await town.browser().get(path)
    assert answer.status_code == 404


async def test_the_trusted_documents_are_not_handed_out_as_a_file(town: Town) -> None:
    assert (await town.browser().get("/documents.json")).status_code == 404


async def test_what_was_shared_without_a_worker_is_not_read_and_she_is_told(town: Town) -> None:
    answer = await town.browser().post("/share", files={"files": ("a.jpg", b"x" * 300_000)}, headers={"Origin": "null"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/shared?missed")


async def test_answers_about_a_person_are_not_kept_by_caches(town: Town) -> None:
    hana = await town.resident("hana")
    answer = await hana.browser.post("/graphql", json={"query": "{ viewer { name } }"})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/open/catalogue.json", "application/json"),
        ("/open/procedures.csv", "text/csv; charset=utf-8; header=present"),
        ("/open/", "text/html"),
        ("/open", "text/html"),
    ],
)
async def test_the_open_data_can_be_read_from_every_site(town: Town, path: str, media_type: str) -> None:
    answer = await town.browser().get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    again = await town.browser().get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_page_that_has_not_changed_keeps_its_policy(town: Town) -> None:
    """A browser takes the headers of "not modified" for those of the page it has kept (RFC 9111 §3.2)."""
    first = await town.browser().get("/", headers=HTML)
    again = await town.browser().get("/", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" in first.headers
    assert "content-security-policy" not in again.headers


async def test_only_the_open_data_is_open(town: Town) -> None:
    for path in ("/", "/manifest.webmanifest"):
        headers = (await town.browser().get(path, headers=HTML)).headers
        assert "access-control-allow-origin" not in headers, path
