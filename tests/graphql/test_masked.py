"""What waits for a fresh proof waits on every page, not in forms alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from bff.connectors.street import manifests
from bff.identity.assurance import levels
from tests.graphql.test_applications import APPLICATIONS, SENT, whole
from tests.town import Outside, Town


async def test_what_a_form_masks_is_masked_on_the_page_of_records_too(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    ask = "{ viewer { records { records { id content { lines { masked values { text word { ja } } } } } } } }"

    async def national() -> list[dict[str, Any]]:
        told = (await hana.asks(ask))["viewer"]["records"]["records"]
        return next(list(one["content"]["lines"]) for one in told if one["id"] == "national")

    assert not any(line["masked"] for line in await national())
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE sessions SET proved_at = proved_at - interval '31 minutes'"))
    hidden = [line for line in await national() if line["masked"]]
    assert len(hidden) == 2
    for line in hidden:
        assert [(value["text"], value["word"]["ja"][:4]) for value in line["values"]] == [("", "●●●●")]


async def test_what_she_corrects_is_masked_as_in_the_form_however_it_was_filled_in(
    town: Town, outside: Outside
) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await hana.answers("care_worry", True)
    step = await hana.step("care_certification")
    answers = whole(step)
    sent = await hana.sends(step, {**answers, "insured_number": "1234567890"})
    await town.promises_are_kept()
    (node,) = (await hana.asks(APPLICATIONS))["viewer"]["applications"]["nodes"]
    await outside.ward_moves(node["wardNumber"], "sent_back", "番号を確かめてください")
    await town.promises_are_kept()

    async def held() -> dict[str, Any]:
        return dict((await hana.asks(SENT, id=sent["id"]))["viewer"]["application"]["answers"])

    assert (await held())["values"]["insured_number"] == "1234567890"
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE sessions SET proved_at = proved_at - interval '31 minutes'"))
    hidden = await held()
    assert hidden["masked"]
    assert hidden["values"] == {id: value for id, value in answers.items() if id != "insured_number"}


def test_every_field_that_is_masked_is_one_that_a_source_shows() -> None:
    for named in levels().sensitive.records:
        source, _, field = named.partition(".")
        assert field in manifests()[source].shown
