"""What a clerk does at /staff/paper, as her browser would."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from bff.paper.days import in_era
from tests.paper.drawn import RECEIVED, REPORT
from tests.staff.desk import Official, Page

Form = dict[str, str | list[str]]


def form_on(page: Page) -> Form:
    """What a browser would send back of the page's own form."""
    html = page.html[page.html.index('class="paper-form"') : page.html.index('id="h-other"')]
    found: Form = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, written in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL):
        found[name] = unescape(written)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: one for name, one in found.items() if not name.startswith("_")}


def close(typed: str | list[str]) -> str:
    return "".join(str(typed).split())


def doubtful(page: Page) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', page.html)


async def brings(clerk: Official, files: Sequence[tuple[str, bytes]], procedure: str = REPORT, **more: str) -> Page:
    sent = {"procedure": procedure, "received_on": in_era(RECEIVED), **more}
    parts = [("file", (name, body, "application/octet-stream")) for name, body in files]
    return Page(await clerk.browser.post("/staff/paper/new", data=sent, files=parts))


async def signs_off(clerk: Official, path: str, form: Mapping[str, str | list[str]]) -> Page:
    """Both steps; the page on which it is said whose it is."""
    check = await clerk.sends(f"{path}/check", dict(form))
    assert check.status == 200, check.text
    file = {"version": check.value("version"), "whose": check.value("whose")}
    assert (await clerk.sends(f"{path}/file", file)).status == 422, "nobody has said that it stands on the paper so"
    done = await clerk.sends(f"{path}/file", {**file, "compared": "yes"})
    assert done.status == 303, done.text
    again = await clerk.sends(f"{path}/file", {**file, "compared": "yes"})
    assert again.status == 409, "a second time makes no second case"
    return check
