"""Every address of the house, walked with what is another's: by nobody, by a second resident, and by an official of
another ward who holds every role. A route with a hole that is named nowhere here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import httpx
from litestar.routes import HTTPRoute

from bff.app import doors
from bff.applications import store as applications
from bff.cases import store as cases
from tests.others.hers import Hers, changes, kept_of, life
from tests.others.ward import Minato, at_work, desk_of_minato, sends
from tests.staff.desk import SETAGAYA, Official
from tests.town import Outside, Town

SHELL = {"/", "/{path:path}", "/open", "/open/{path:path}"}
HOLES = {
    ("/uploads/{}", "upload"): "upload",
    ("/mail/files/{}", "attachment"): "attachment",
    ("/mail/files/{}/{}", "attachment"): "attachment",
    ("/mail/files/{}/{}", "page"): "page",
    ("/school-files/{}", "school_file"): "school_file",
    ("/calendar/{}", "address"): "feed",
    ("/issued/{}", "document"): "document",
    ("/login/link/{}", "provider"): "link",
    ("/login/callback/{}", "provider"): "link",
    ("/staff/login/callback/{}", "provider"): "link",
    ("/login/sign/start/{}", "id"): "signature",
    ("/reach/confirm/{}", "token"): "feed",
    ("/reach/stop/{}", "token"): "feed",
    ("/senders/v1/events/{}", "event_name"): "feed",
    ("/senders/v1/cases/{}", "case_name"): "subject",
    ("/procedure/{}", "id"): "procedure",
    ("/events/{}", "id"): "application",
    ("/cards/{}", "file"): "ward_file",
    ("/open/facilities/{}", "file"): "ward_file",
    ("/open/bookings/{}", "file"): "ward_file",
}
"""Which of Hana's goes into the hole of which route."""
ENDS = {
    "/uploads/{}": {401, 404},
    "/mail/files/{}": {401, 404},
    "/mail/files/{}/{}": {401, 404},
    "/school-files/{}": {401, 404},
    "/issued/{}": {303, 404},
    "/reach/confirm/{}": {404},
    "/reach/stop/{}": {404},
    "/senders/v1/events/{}": {401},
    "/senders/v1/cases/{}": {401},
    "/login/sign/start/{}": {302},
    "/login/link/{}": {200, 403},
}
OF_ALL_WARDS = {"service", "flow", "procedure", "item", "step", "to", "incident"}
"""Names that mean the visitor's own ward's, wherever they are written; a mishap is the whole house's."""
NOT_THEIRS = {403, 404, 422}
AT_SCHOOL = ("pupil", "school_notice", "school_file", "answer", "guardian", "absence", "roster_import", "off")
GONE_ALREADY = "/staff/me/sessions/{session}/end"
"""Says that the session has ended, of one that was never there too."""
KEYS = {
    *("/login/keys", "/.well-known/handover-jwks.json", "/effect", "/open/effect.csv", "/open/effect.json"),
    *("/procedure/{id}", "/events", "/search", "/verify", "/accessibility", "/robots.txt", "/sitemap.xml", "/status"),
    "/.well-known/security.txt",
}
"""For everybody; all else is kept by no cache, an official's page by none but her own browser's."""

FIGURES = "/metrics"
"""For who runs the house, on its own machine or with the token (tests/house/test_doors.py): they name broadcasts."""


def routes(town: Town) -> Iterator[tuple[str, str]]:
    """(method, path with its holes) of everything that is answered, but for the files of the app."""
    for route in doors(town.house, town.gate).routes:
        if isinstance(route, HTTPRoute) and route.path not in SHELL:
            for method in sorted(route.methods - {"HEAD", "OPTIONS"}):
                yield str(method), re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)


def holes(path: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", path)


def bare(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def is_desk(path: str) -> bool:
    return path.startswith("/staff") and not path.startswith("/staff/login")


async def test_no_official_of_another_ward_sees_or_changes_what_is_minatos(town: Town, outside: Outside) -> None:
    hana, morimoto = await town.resident("hana"), await town.resident("morimoto")
    hers = await life(town, outside, hana, morimoto)
    minato = await desk_of_minato(town, hana)
    minato.ids.update({name: hers.ids[name] for name in ("question", "booking", "offer", "bill", *AT_SCHOOL)})
    minato.ids.update({"case": await worked_in_minato(town, hers), "procedure": hers.ids["procedure"]})
    minato.form["receipt"] = hers.ids["receipt"]
    setagaya = await at_work(town, "中村", SETAGAYA)
    about = (hers.resident, *things(minato))
    before = await kept_of(town, *about)
    wrong: list[str] = []
    for method, path in routes(town):
        if is_desk(path):
            wrong += await knocks(setagaya, method, path, minato, hers)
            wrong += await knocks(Official(town.browser()), method, path, minato, hers, is_nobody=True)
    assert not wrong, "\n".join(wrong)
    changed = changes(before, await kept_of(town, *about))
    assert not changed, "\n".join(changed)


async def worked_in_minato(town: Town, hers: Hers) -> str:
    """Her application, as if her ward worked such ones here."""
    async with town.house.db.house() as conn:
        sent = await applications.held(conn, UUID(hers.ids["application"]))
        assert sent is not None
        assert await cases.arrive(conn, sent, due=None, risks=(), now=town.house.clock())
    return hers.ids["application"]


def things(minato: Minato) -> list[str]:
    """Those whose names are long enough to be found in a row."""
    return [one for one in minato.ids.values() if len(one) == len("5b0e8c3a-6f1d-4c5e-9a42-7d3f10c4b8aa")]


async def knocks(
    official: Official, method: str, path: str, minato: Minato, hers: Hers, *, is_nobody: bool = False
) -> list[str]:
    filled = path.format(**minato.ids)
    form = minato.form
    answer = await (official.browser.get(filled) if method == "GET" else sends(official, filled, form))
    typed = set(form.values()) | {filled}
    seen = [
        one for one in (*minato.marks, *hers.marks) if one in answer.text and not any(one in said for said in typed)
    ]
    where = f"{'nobody' if is_nobody else 'setagaya'}, {method} {path}: {answer.status_code}"
    told = [f"{where} tells {seen}"] if seen else []
    if answer.status_code >= 500 or (is_nobody and answer.status_code == 200 and len(holes(path)) > 0):
        told.append(where)
    if (
        not re.search("no-store|no-cache", answer.headers["cache-control"])
        or "public" in answer.headers["cache-control"]
    ):
        told.append(f"{where} may be kept: {answer.headers['cache-control']}")
    if is_nobody or path == GONE_ALREADY:
        return told
    if set(holes(path)) - OF_ALL_WARDS and answer.status_code not in NOT_THEIRS:
        told.append(f"{where} {answer.headers.get('location', '')}")
    return told


async def test_no_address_of_a_resident_opens_for_another(town: Town, outside: Outside) -> None:
    hana, morimoto, ken = [await town.resident(one) for one in ("hana", "morimoto", "ken")]
    hers = await life(town, outside, hana, morimoto)
    named = {(bare(path), hole) for _, path in routes(town) if not is_desk(path) for hole in holes(path)}
    assert named == set(HOLES), "a new route with an id: say here what of Hana's is tried in it"
    before = await kept_of(town, hers.resident)
    wrong: list[str] = []
    await ken.fills_home()
    for who, browser in (("nobody", town.browser()), ("ken", ken.browser)):
        for method, path in routes(town):
            if not is_desk(path) and path != "/login/out":
                wrong += await tries(browser, who, method, path, hers)
    assert not wrong, "\n".join(wrong)
    for path in (f"/uploads/{hers.ids['upload']}", "/ledger/readings.json", "/ledger/readings.pdf"):
        answer = await hana.browser.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert not path.endswith("json") or hers.seen_in(answer.text), "she is told what the others are not"
    changed = changes(before, await kept_of(town, hers.resident))
    assert not changed, "\n".join(changed)


async def tries(browser: httpx.AsyncClient, who: str, method: str, path: str, hers: Hers) -> list[str]:
    filled = path.format(**{hole: hers.ids[HOLES[bare(path), hole]] for hole in holes(path)})
    told = {"code": hers.ids["invitation"], "state": hers.ids["merge"], "id": hers.ids["upload"], "act": "login"}
    sent = {"params": told} if method == "GET" else {"json": told}
    answer = await browser.request(method, filled, **sent)  # type: ignore[arg-type]
    where = f"{who}, {method} {path}: {answer.status_code}"
    wrong = [where] if answer.status_code >= 500 else []
    if path not in KEYS and not path.startswith("/open/") and answer.headers["cache-control"] != "no-store":
        wrong.append(f"{where} may be kept: {answer.headers['cache-control']}")
    if bare(path) in ENDS and answer.status_code not in ENDS[bare(path)]:
        wrong.append(where)
    text = answer.text + str(answer.headers)
    if path == FIGURES:
        return wrong
    if seen := hers.seen_in(text, allowed=frozenset({hers.ids["signature"], *told.values()})):
        wrong.append(f"{where} tells {seen}")
    return wrong
