"""What waits for a fresh proof waits on every page, not in forms alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from bff.connectors.street import manifests
from bff.identity.assurance import levels
from tests.town import Town


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


def test_every_field_that_is_masked_is_one_that_a_source_shows() -> None:
    for named in levels().sensitive.records:
        source, _, field = named.partition(".")
        assert field in manifests()[source].shown
