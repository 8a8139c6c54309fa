"""A paper from the counter to its decision, through the pages and with the real Tesseract."""

from __future__ import annotations

import re
from html import unescape

from tests.paper.drawn import RIGHT, a_paper
from tests.staff.desk import Page
from tests.staff.test_cases import at_work, chooses, mine, settles
from tests.town import Town

REPORT = "nursery_status_report"


def filled(page: Page) -> dict[str, str | list[str]]:
    """What a browser would send back of the page's own form."""
    form = page.html[page.html.index('class="paper-form"') : page.html.index('id="h-other"')]
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{part}="([^"]*)"', tag) for part in ("name", "value"))
        if name and not name[1].startswith("_") and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def test_a_paper_is_read_looked_over_and_decided_like_any_other(town: Town) -> None:
    nishimura, fujita = await at_work(town, "setagaya-admin"), await at_work(town, "setagaya-caseworker")
    ken = await town.resident("ken")
    await chooses(nishimura, REPORT, standard_days="14")

    pages = a_paper(town, REPORT)
    sent = {"procedure": REPORT, "received_on": "令和8年11月20日"}
    files = [("file", (f"{number}.png", body, "image/png")) for number, body in enumerate(pages, 1)]
    begun = Page(await fujita.browser.post("/staff/paper/new", data=sent, files=files))
    assert begun.status == 303, begun.text
    path = begun.goes_to
    assert "読み取っています" in (await fujita.opens(path)).text
    await settles(town)

    page = await fujita.opens(path)
    form = filled(page)
    assert {id: form[f"f.{id}"] for id in RIGHT if isinstance(RIGHT[id], str)} == {
        id: value for id, value in RIGHT.items() if isinstance(value, str)
    }
    print(page.at("summary"))
    stays = await fujita.sends(f"{path}/check", form)
    print(stays.status, stays.text[:600])
    form = filled(await fujita.opens(path)) | {"f.agreed": "yes"}
    form["seen"] = re.findall(r'name="seen" value="([^"]+)"', page.html)
    check = await fujita.sends(f"{path}/check", form)
    assert check.status == 200, check.text
    print(check.at("whose"))
    file = {"version": check.value("version"), "whose": check.value("whose"), "compared": "yes"}
    done = await fujita.sends(f"{path}/file", file)
    assert done.status == 303, done.text
    await settles(town)
    (hers,) = await mine(ken)
    print(hers)
    print((await fujita.opens("/staff/cases")).text)
    assert hers["state"] == "RECEIVED"
