"""The three yearly reports (現況届) come by themselves, filled in: the form on one page, the review, the receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from bff import wiring
from bff.app import application
from life_events import Catalogue, load_catalogue
from tests.graphql.test_applications import whole
from tests.town import Outside, Person, Town, settle

REPORTS = ("allowance_status_report", "nursery_status_report", "rearing_allowance_report")
ALL_YEAR = {"opens": "01-01", "closes": "12-31"}
MOST_TYPED = 6
"""Of one year, no register knows: which phone, who works how, with whom the children live, that it is true."""
SENT = "{ viewer { applications { nodes { procedure state } } } }"


def in_season() -> Catalogue:
    """A year in which all three windows are open, so that the day of the test is in each."""
    catalogue = load_catalogue()
    law = catalogue.law
    moved = {id: msgspec.structs.replace(law.yearlies[id], **ALL_YEAR) for id in REPORTS}
    return msgspec.structs.replace(catalogue, law=msgspec.structs.replace(law, yearlies={**law.yearlies, **moved}))


def to_type(step: dict[str, Any]) -> list[str]:
    """What is asked of her: needed, shown as long as nothing is chosen, and not known."""
    fields = [field for section in step["form"]["sections"] for field in section["fields"]]
    known = {field["id"]: field["prefill"]["value"] for field in fields if field["prefill"]}
    shown = [one for one in fields if not one["showIf"] or known.get(one["showIf"]["field"]) == one["showIf"]["equals"]]
    return [one["id"] for one in shown if one["required"] and one["id"] not in known]


async def files(person: Person, id: str) -> tuple[dict[str, Any], list[str]]:
    """From home, where it stands without a search: opened, read over, sent."""
    step = await person.step(id)
    assert step["state"] == "DUE", id
    assert step["due"].endswith("-12-31")
    sent = await person.sends(step, whole(step))
    assert sent["__typename"] == "Application", sent
    return step, to_type(step)


async def test_three_yearly_reports_come_filled_in_and_are_sent_from_one_page(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    town = Town(settle(database_url, outside, keys, tmp_path))
    await town.house.close()
    town.house = wiring.build(town.settings, catalogue=in_season())
    town.asgi = application(town.house)
    hana, ken = await town.resident("hana"), await town.resident("ken")
    for person in (hana, ken):
        await person.fills_home()
    await hana.answers("allowance_report_case", "letter")
    await hana.answers("raises_alone", True)
    await hana.answers("single_parent_allowance", True)
    for person, id in ((hana, REPORTS[0]), (ken, REPORTS[1]), (hana, REPORTS[2])):
        step, typed = await files(person, id)
        fields = [field["id"] for section in step["form"]["sections"] for field in section["fields"]]
        assert len(typed) <= MOST_TYPED, typed
        assert len(typed) <= len(fields) / 2, "more than half of it is known or need not be said"
        assert (await person.step(id))["application"]["state"] == "QUEUED"
    await town.promises_are_kept()
    states = {one["procedure"]: one["state"] for one in (await hana.asks(SENT))["viewer"]["applications"]["nodes"]}
    assert states == {REPORTS[0]: "RECEIVED", REPORTS[2]: "RECEIVED"}
    await town.close()
