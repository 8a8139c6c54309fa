"""Who may send what: from our own pages, with the token of the session, in one place for every route."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from bff import staff
from bff.app import doors
from bff.guards import HEADER
from bff.guards.answering import UNDER_WAY, Answering
from bff.guards.gate import ONLY_ORIGIN, OPEN, SAFE
from bff.guards.templates import Guarded
from tests.guards.test_headers import routes
from tests.town import Town

WHO = {"query": "{ viewer { id } }"}
UNGUARDED = {
    "/reports/csp": OPEN,
    "/verify": ONLY_ORIGIN,
    "/pay/notify": OPEN,
    "/reach/confirm/{token:str}": OPEN,
    "/reach/stop/{token:str}": OPEN,
    "/senders/v1/events/{event_name:str}": OPEN,
    "/share": OPEN,
}
"""Routes that take something without the token of a session, each with a reason in its own file."""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({HEADER: "wrong"}, 403),
        ({HEADER: ""}, 403),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
async def test_graphql_is_asked_from_our_page_with_the_token_of_her_session(
    town: Town, headers: dict[str, str], status: int
) -> None:
    hana = (await town.resident("hana")).browser
    assert (await hana.post("/graphql", json=WHO, headers=headers)).status_code == status


async def test_a_token_is_of_one_session_and_a_refusal_tells_the_page_its_new_one(town: Town) -> None:
    hana, ken = (await town.resident("hana")).browser, (await town.resident("ken")).browser
    hers, his = hana.cookies["__Host-token"], ken.cookies["__Host-token"]
    assert hers != his
    refused = await hana.post("/graphql", json=WHO, headers={HEADER: his})
    assert refused.status_code == 403
    assert refused.headers[HEADER] == hers
    assert (await hana.post("/graphql", json=WHO, headers={HEADER: hers})).status_code == 200


async def test_the_token_is_beside_every_new_session_and_goes_with_it(town: Town) -> None:
    hana = (await town.resident("hana")).browser
    first = hana.cookies["__Host-token"]
    hana.cookies.delete("__Host-token")
    await hana.get("/open/catalogue.json")
    assert "__Host-token" not in hana.cookies  # what every cache may keep carries nobody's token
    await hana.get("/")
    assert hana.cookies["__Host-token"] == first
    assert (await hana.post("/login/out", headers={HEADER: "another"})).status_code == 403
    assert (await hana.post("/login/out")).status_code == 204
    assert "__Host-token" not in hana.cookies
    assert (await town.browser().get("/")).headers.get_list("set-cookie") == []


async def test_every_route_that_changes_something_asks_for_it(town: Town) -> None:
    """Both sessions at once, as in the browser of somebody who is a resident and an official."""
    hana = (await town.resident("hana")).browser
    watanabe = await town.official("staff-minato-writer")
    hana.cookies.set("__Host-staff", watanabe.cookies["__Host-staff"])
    open_ones = {re.sub(r"\{[^}]*\}", "nothing", path) for path in UNGUARDED}
    unsafe = [(method, path) for method, path in routes(town) if method not in SAFE and path not in open_ones]
    assert len(unsafe) > 10
    for method, path in unsafe:
        stale = await hana.request(method, path, headers={HEADER: "stale"})
        strange = await hana.request(method, path, headers={"Origin": "https://evil.test"})
        assert (stale.status_code, strange.status_code) == (403, 403), path


async def test_an_officials_form_carries_its_token_and_an_old_page_loses_nothing(town: Town) -> None:
    watanabe = await town.official("staff-minato-writer")
    page = (await watanabe.get("/staff/broadcasts/new")).text
    token = re.search(r'name="_token" value="([^"]+)"', page)
    assert token
    form = {"title_ja": "断水のお知らせ", "kind": "notice"}
    old = await watanabe.post("/staff/broadcasts/new", data=form, headers={HEADER: ""})
    assert old.status_code == 403
    assert "断水のお知らせ" in old.text
    assert token[0] in old.text
    watanabe.event_hooks = {}
    assert (await watanabe.post("/staff/broadcasts/new", data={**form, "_token": token[1]})).status_code == 422
    assert (await watanabe.post("/staff/broadcasts/new", data={**form, "_token": token[1][::-1]})).status_code == 403


def test_no_script_is_without_its_nonce_and_no_form_without_its_token() -> None:
    page = '<script src="/a.js"></script><form class="x" method="post" action="/a"></form><form method="get"></form>'
    pages = Environment(loader=DictLoader({"page": page}), extensions=[Guarded], autoescape=True)
    under_way = UNDER_WAY.set(Answering("t0ken"))
    shown = pages.get_template("page").render()
    UNDER_WAY.reset(under_way)
    assert re.match(r'<script nonce="[A-Za-z0-9_-]{22}" src', shown)
    assert shown.count('<input type="hidden" name="_token" value="t0ken">') == 1
    assert 'action="/a"><input' in shown


DATA = r' type="application/ld\+json">'
"""A block of data for machines (HTML §4.12.1): a browser runs nothing of it."""
INLINE = re.compile(
    rf"<script(?![^>]*\bsrc=)(?!{DATA})|\sstyle=|\son[a-z]+\s*=\s*[\"']|<style|javascript:|srcdoc=", re.IGNORECASE
)


def test_no_script_and_no_style_stands_in_a_page(town: Town) -> None:
    templates = [*Path(staff.__file__).parents[1].rglob("templates/*.html")]
    built = [*Path(town.settings.assets).rglob("*.html")]
    assert len(templates) > 20
    assert len(built) > 1
    inline = {str(page): INLINE.search(page.read_text("utf-8")) for page in (*templates, *built)}
    assert [page for page, found in inline.items() if found] == []


def test_which_routes_take_something_without_a_token_is_written_down(town: Town) -> None:
    odd = {}
    for route in doors(town.house, town.gate).routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.opt.get("gate"):
                odd[route.path] = handler.opt
    assert {path: opt["gate"] for path, opt in odd.items()} == {path: opt["gate"] for path, opt in UNGUARDED.items()}
    assert ONLY_ORIGIN["gate"] == "origin"
