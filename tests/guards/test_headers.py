"""Every answer of every door carries what keeps scripts, frames and curious neighbours out: a checklist in the manner
of securityheaders.com and the Mozilla Observatory."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar, get
from litestar.exceptions import InternalServerException

from bff.app import application, doors
from bff.guards import with_headers
from bff.guards.policy import ALWAYS, CAMERA_HERE, NOTHING
from bff.inlet import Inlet
from tests.town import Town

HTML = {"Accept": "text/html"}
SOME = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
ODD = (
    ("GET", "/no/such.json", 404),
    ("DELETE", "/graphql", 405),
    ("PUT", "/staff", 405),
    ("POST", "/login/out", 204),
    ("GET", "/staff/broadcasts/nothing", 303),
    ("GET", "/step/any", 200),
    ("HEAD", "/", 200),
    ("GET", "/healthz", 200),
    ("GET", "/metrics", 200),
)


OF_A_PAGE = {"frames", "referrer", "opener", "permissions", "default", "base", "forms", "once"}
"""What is asked of a page or a worker, and not of a script or a style within one."""


def complaints(headers: httpx.Headers, *, https: bool) -> list[str]:
    """What a strict examiner would say."""
    policy = parsed(headers.get("content-security-policy", ""))
    hsts = headers.get("strict-transport-security", "")
    cookies = headers.get_list("set-cookie")
    asked = {
        "nosniff": headers.get("x-content-type-options") == "nosniff",
        "frames": headers.get("x-frame-options") == "DENY" and policy.get("frame-ancestors") == ["'none'"],
        "referrer": headers.get("referrer-policy") == "no-referrer",
        "opener": headers.get("cross-origin-opener-policy") == "same-origin",
        "resource": headers.get("cross-origin-resource-policy") in ("same-origin", "cross-origin"),
        "permissions": all(f"{one}=()" in headers.get("permissions-policy", "") for one in ("geolocation", "payment")),
        "default": policy.get("default-src") in (["'none'"], ["'self'"]),
        "base": policy.get("base-uri") == ["'none'"],
        "forms": policy.get("form-action") in (["'none'"], ["'self'"]),
        "unsafe": "unsafe" not in str(policy) and "*" not in str(policy) and "http" not in str(policy),
        "types": "script-src" not in policy or policy.get("require-trusted-types-for") == ["'script'"],
        "cache": "cache-control" in headers,
        "hsts": not https or int(re.findall(r"max-age=(\d+)", hsts)[0]) >= 31536000,
        "cookies": all("Secure" in one and "Path=/" in one and "SameSite=" in one for one in cookies),
        "hidden": all("HttpOnly" in one for one in cookies if not one.startswith("__Host-token=")),
        "names": all(one.startswith("__Host-") for one in cookies),
        "version": "x-powered-by" not in headers and "x-aspnet-version" not in headers,
        "once": len(headers.get_list("content-security-policy")) == 1,
    }
    return [name for name, is_right in asked.items() if not is_right]


def parsed(policy: str) -> Mapping[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part.split())}


def routes(town: Town) -> list[tuple[str, str]]:
    """(method, path) of every route of the house, parameters filled in with something that is not there."""
    app = doors(town.house, town.gate)

    def filled(said: re.Match[str]) -> str:
        return SOME.get(said[0].partition(":")[2].rstrip("}"), "nothing")

    found = [
        (method, re.sub(r"\{[^}]*\}", filled, route.path))
        for route in app.routes
        for method in sorted(getattr(route, "methods", ()))
    ]
    assert len(found) > 40
    return found


@pytest.fixture
async def production(town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before a house that believes to be in production."""
    house = with_headers(doors(town.house, town.gate), production=True, gate=town.gate)
    transport, origin = httpx.ASGITransport(house), {"Origin": Town.ORIGIN}  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=Town.ORIGIN, headers=origin) as browser:
        yield browser


async def test_every_route_and_every_refusal_passes_the_examiner(town: Town, production: httpx.AsyncClient) -> None:
    wrong = {}
    for method, path in routes(town):
        answer = await production.request(method, path, headers=HTML)
        if said := complaints(answer.headers, https=True):
            wrong[f"{method} {path} {answer.status_code}"] = said
    for method, path, status in ODD:
        answer = await production.request(method, path, headers=HTML if path.startswith("/step") else {})
        assert answer.status_code == status, path
        if said := complaints(answer.headers, https=True):
            wrong[f"{method} {path}"] = said
    assert wrong == {}


async def test_what_is_too_large_or_breaks_carries_them_too(production: httpx.AsyncClient) -> None:
    json = {"Content-Type": "application/json"}
    too_large = await production.post("/graphql", content=b" " * 300_000, headers=json)
    assert (too_large.status_code, complaints(too_large.headers, https=True)) == (413, [])

    @get("/breaks")
    async def breaks() -> None:
        raise InternalServerException

    broken = with_headers(Litestar([breaks], openapi_config=None), production=True)
    transport = httpx.ASGITransport(broken)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=Town.ORIGIN) as browser:
        answer = await browser.get("/breaks")
        assert (answer.status_code, complaints(answer.headers, https=True)) == (500, [])


async def test_every_built_file_carries_them(town: Town) -> None:
    browser, assets = town.browser(), Path(town.settings.assets)
    for file in [path for path in assets.rglob("*") if path.is_file() and path.suffix != ".br"]:
        answer = await browser.get(f"/{file.relative_to(assets)}")
        is_part = file.suffix in (".js", ".css") and "immutable" in answer.headers["cache-control"]
        assert set(complaints(answer.headers, https=False)) == (OF_A_PAGE if is_part else set()), file


async def test_the_door_for_other_bodies_carries_them(town: Town) -> None:
    inlet = with_headers(Inlet(town.house), production=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(inlet), base_url=Town.ORIGIN) as body:  # type: ignore[arg-type]
        answer = await body.post("/xroad/v1/applications")
        assert (answer.status_code, complaints(answer.headers, https=True)) == (400, [])
        assert answer.headers["content-security-policy"] == NOTHING


async def test_data_may_run_nothing_wherever_it_is_opened(town: Town) -> None:
    browser = town.browser()
    for path in ("/healthz", "/no/such.json", "/open/catalogue.json", "/icons/icon-192.png"):
        assert (await browser.get(path)).headers["content-security-policy"] == NOTHING, path


async def test_a_page_of_officials_runs_only_what_carries_the_nonce_of_this_answer(town: Town) -> None:
    browser, seen = town.browser(), set()
    for path in ("/staff", "/staff", "/staff/handover"):
        answer = await browser.get(path)
        policy = parsed(answer.headers["content-security-policy"])
        nonce, dynamic = policy["script-src"]
        assert dynamic == "'strict-dynamic'"
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert scripts, path
        assert all(f'nonce="{nonce[7:-1]}"' in script for script in scripts)
        seen.add(nonce)
    assert len(seen) == 3
    again = await browser.get(f"{town.ORIGIN}//staff/handover/")
    assert "camera=(self)" in answer.headers["permissions-policy"] == again.headers["permissions-policy"]


async def test_reports_of_browsers_are_counted_and_nothing_else(town: Town) -> None:
    stranger = town.browser()
    report = {"csp-report": {"document-uri": "https://kurashimado.test/step/x", "effective-directive": "img-src"}}
    old = await stranger.post("/reports/csp", json=report, headers={"Origin": "null"})
    new = await stranger.post(
        "/reports/csp",
        json=[{"type": "csp-violation", "body": {"effectiveDirective": "script-src-elem"}}, {"body": {}}],
        headers={"Content-Type": "application/reports+json"},
    )
    junk = await stranger.post("/reports/csp", content=b"{" * 5_000)
    large = await stranger.post("/reports/csp", content=b" " * 20_000)
    assert [answer.status_code for answer in (old, new, junk, large)] == [204, 204, 204, 413]
    counted = (await stranger.get("/metrics")).text
    for directive in ("img-src", "script-src-elem", "other"):
        assert f'kurashimado_policy_violations_total{{directive="{directive}"}}' in counted
    assert "/step/x" not in counted


CHROMIUM_KNOWS = (
    "accelerometer autoplay camera clipboard-read clipboard-write display-capture encrypted-media fullscreen gamepad"
    " geolocation gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture"
    " publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb"
    " window-management xr-spatial-tracking"
)
"""Of `document.featurePolicy.features()` in Chromium 156; a name it does not know is a warning on every page."""


@pytest.mark.parametrize("header", [ALWAYS[b"permissions-policy"], CAMERA_HERE])
def test_only_features_that_the_browser_knows_are_named(header: bytes) -> None:
    named = re.findall(r"([a-z-]+)=\((?:self)?\)(?:, |$)", header.decode())
    assert set(named) <= set(CHROMIUM_KNOWS.split())
    assert len(named) == header.decode().count("=") == len(set(named))


@pytest.mark.parametrize(
    ("side", "opens", "shut"),
    [
        (
            "residents",
            ("/", "/search", "/status", "/login/start", "/healthz"),
            ("/staff", "/staff/login/start", "//staff", "///staff/login/start", "/staff//login/start/"),
        ),
        ("staff", ("/staff/login/start", "/healthz", "/icons/icon.svg"), ("/", "/search", "/login/start", "/graphql")),
    ],
)
async def test_a_process_of_one_side_knows_nothing_of_the_other(
    town: Town, side: Any, opens: tuple[str, ...], shut: tuple[str, ...]
) -> None:
    running = replace(town.settings.running, side=side)
    house = replace(town.house, settings=replace(town.settings, running=running))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(house))) as browser:  # type: ignore[arg-type]
        assert [(await browser.get(town.ORIGIN + path)).status_code for path in shut] == [404] * len(shut)
        assert 404 not in [(await browser.get(town.ORIGIN + path)).status_code for path in opens]
        refused = await browser.get(town.ORIGIN + shut[0])
        assert refused.headers["x-frame-options"] == "DENY"
