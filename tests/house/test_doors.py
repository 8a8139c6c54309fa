"""What every door has in common: health, headers, and the app's own files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.town import Town

HTML = {"Accept": "text/html"}


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
        assert login.status_code == 500
        assert "Traceback" not in login.text
        assert "psycopg" not in login.text
    finally:
        await broken.close()


async def test_the_counters_are_for_this_machine_or_the_token(town: Town) -> None:
    browser = town.browser()
    assert (await browser.get("/metrics")).status_code == 200
    through_proxy = await browser.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert through_proxy.status_code == 403


@pytest.mark.parametrize("path", ["/", "/inbox", "/step/child_allowance_claim%3Am-1004", "/no/such/page"])
async def test_every_address_a_person_may_open_starts_the_app(town: Town, path: str) -> None:
    answer = await town.browser().get(path, headers=HTML)
    assert answer.status_code == 200
    assert "くらしまど" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/assets/..%2f..%2fpackage.json"])
async def test_nothing_outside_of_the_built_app_is_served(town: Town, path: str) -> None:
    answer = await town.browser().get(path)
    assert answer.status_code == 404


async def test_the_trusted_documents_are_not_handed_out_as_a_file(town: Town) -> None:
    assert (await town.browser().get("/documents.json")).status_code == 404


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
