"""IDs elsewhere: linked on her yes through real providers of the made-up city, listed, unlinked, never the card's."""

from __future__ import annotations

import re
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import text

from bff.identity.providers import Given, Linkable
from bff.links.store import given
from life_events import Text
from tests.town import Outside, Person, Town

OFFERS = (
    "links { offers { id kind linkedAt toldAt page ward { code } gives { name { ja } }"
    " told { name { ja } value } name { ja } } }"
)
UNLINK = "mutation($p: ID!) { unlinkId(provider: $p) { __typename ... on Links { offers { id linkedAt } } } }"


async def offered(person: Person) -> dict[str, dict[str, Any]]:
    data = await person.asks(f"{{ viewer {{ {OFFERS} }} }}")
    return {offer["id"]: offer for offer in data["viewer"]["links"]["offers"]}


async def goes_to(person: Person, provider: str) -> str:
    begun = await person.browser.post(f"/login/link/{provider}", params={"to": "/links"})
    assert begun.status_code == 200, begun.text
    return str(begun.json()["url"])


async def chooses(url: str, persona: str) -> str:
    """The address the provider sends the browser back to."""
    async with httpx.AsyncClient() as away:
        page = await away.get(url)
        assert page.status_code == 200, page.text
        assert re.search(r'<form method="post"', page.text)
        chosen = await away.post(page.url, data={"persona": persona})
    assert chosen.status_code == 302, chosen.text
    return str(chosen.headers["location"])


async def links(person: Person, provider: str, persona: str) -> str:
    """Where she is brought in the end."""
    back = await chooses(await goes_to(person, provider), persona)
    arrived = await person.browser.get(back)
    assert arrived.status_code == 302, arrived.text
    return str(arrived.headers["location"])


async def test_hana_links_her_wards_id_and_a_companys_and_unlinks_them(town: Town) -> None:
    hana = await town.resident("hana")
    before = await offered(hana)
    assert len([one for one in before.values() if one["kind"] == "WARD"]) == 23
    assert next(iter(before)) == "ward-131032", "her own ward comes first"
    assert {one["linkedAt"] for one in before.values()} == {None}
    assert [gift["name"]["ja"] for gift in before["akari-denryoku"]["gives"]] == ["お客様番号", "メールアドレス"]

    for provider in ("ward-131032", "ward-131121", "akari-denryoku"):
        assert await links(hana, provider, "hana") == "/links"
    after = await offered(hana)
    assert {one["value"] for one in after["akari-denryoku"]["told"]} == {"EL-103-220417", "hana@mail.example"}
    assert after["ward-131032"]["told"][0]["value"] != after["ward-131121"]["told"][0]["value"]

    data = await hana.asks("{ viewer { readings { nodes { source purpose { ja } basis { ja } } } } }")
    rows = [row for row in data["viewer"]["readings"]["nodes"] if row["source"] == "link:akari-denryoku"]
    assert [row["purpose"]["ja"] for row in rows] == ["ほかのサービスのIDとの連携"]

    assert (await hana.asks(UNLINK, p="akari-denryoku"))["unlinkId"]["__typename"] == "Links"
    assert (await offered(hana))["akari-denryoku"]["told"] == []
    assert (await hana.asks(UNLINK, p="akari-denryoku"))["unlinkId"]["__typename"] == "NotFound"
    async with town.house.db.house() as conn:
        held = await conn.execute(text("SELECT source FROM grants WHERE source LIKE 'link:%' AND ended_at IS NULL"))
        assert {row.source for row in held} == {"link:ward-131032", "link:ward-131121"}


async def test_what_a_messenger_says_of_her_never_takes_the_place_of_her_card(town: Town) -> None:
    hana = await town.resident("hana")
    assert await links(hana, "machi-message", "hana") == "/links"
    data = await hana.asks("{ viewer { name ward { code } } }")
    assert data["viewer"] == {"name": "佐藤 はな", "ward": {"code": "131032"}}
    told = (await offered(hana))["machi-message"]["told"]
    assert {one["name"]["ja"] for one in told} == {"表示名", "メールアドレス"}, "no address, though it tells one"
    async with town.house.db.house() as conn:
        kept = bytes((await conn.execute(text("SELECT told FROM linked_ids"))).scalar_one())
    assert "hana" not in kept.decode("utf-8", "replace")


async def test_one_id_belongs_to_one_person_here_and_one_of_a_provider_to_each(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    assert await links(hana, "machi-message", "hana") == "/links"
    assert await links(ken, "machi-message", "hana") == "/links?login=linked_elsewhere"
    assert (await offered(ken))["machi-message"]["linkedAt"] is None
    assert await links(hana, "machi-message", "ken") == "/links?login=linked_another"
    first = (await offered(hana))["machi-message"]
    assert await links(hana, "machi-message", "hana") == "/links"
    again = (await offered(hana))["machi-message"]
    assert (again["linkedAt"], again["toldAt"] >= first["toldAt"]) == (first["linkedAt"], True)
    assert await outcomes(town) == ["linked", "linked_elsewhere", "linked_another", "linked"]


async def test_a_link_ends_in_the_session_it_was_begun_in_or_not_at_all(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    back = await chooses(await goes_to(hana, "machi-message"), "hana")
    stolen = await ken.browser.get(back)
    assert "linked" not in await outcomes(town)
    assert "machi-message" not in {id for id, one in (await offered(ken)).items() if one["linkedAt"]}
    assert (await hana.browser.get(back)).headers["location"].startswith("/?login="), stolen.headers.get("location")

    back = await chooses(await goes_to(hana, "machi-message"), "hana")
    await hana.browser.post("/login/out")
    assert (await hana.browser.get(back)).headers["location"] == "/links?login=signed_out"


async def test_a_link_is_begun_by_her_and_from_here_alone(town: Town) -> None:
    hana, nobody = await town.resident("hana"), town.browser()
    assert (await nobody.post("/login/link/machi-message")).status_code == 403
    foreign = await hana.browser.post("/login/link/machi-message", headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    for provider in ("card", "staff", "nobody", "ward-139999"):
        assert (await hana.browser.post(f"/login/link/{provider}")).status_code == 404, provider


async def test_a_cancelled_link_and_a_silent_provider_are_told_on_her_page(town: Town, outside: Outside) -> None:
    hana = await town.resident("hana")
    assert await links(hana, "ward-131032", "cancel") == "/links?login=cancelled"
    await outside.mode("outside_ids", "error")
    refused = await hana.browser.post("/login/link/akari-denryoku")
    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")


async def test_ken_cannot_unlink_what_is_hanas(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await links(hana, "machi-message", "hana")
    assert (await ken.asks(UNLINK, p="machi-message"))["unlinkId"]["__typename"] == "NotFound"
    assert (await offered(hana))["machi-message"]["linkedAt"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"email": "a@b.example", "birthdate": "1990-05-02"}, {"email": "a@b.example"}),
        ({"email": "x" * 500}, {"email": "x" * 200}),
        ({"email": "a\u202eb\x00c\n"}, {"email": "abc"}),
        ({"email": 12}, {"email": "12"}),
        ({"email": True}, {}),
        ({"email": ["a"]}, {}),
        ({"email": "   "}, {}),
        ({"email": "123456789018"}, {}),
    ],
)
def test_of_what_an_id_tells_only_what_was_agreed_is_kept(told: dict[str, object], kept: dict[str, str]) -> None:
    name = Text(ja="メール", easy="メール", en="E-mail")
    how = Linkable(kind="other", gives=(Given("email", name),), version="1")
    assert given(told, how) == kept


def test_a_provider_that_may_be_linked_says_whose_it_is() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "ward", "gives": [], "version": "1"}, Linkable)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "supply", "gives": [], "version": "1", "ward": "131032"}, Linkable)


async def outcomes(town: Town) -> list[str]:
    async with town.house.db.house() as conn:
        rows = await conn.execute(text("SELECT outcome FROM login_log WHERE purpose = 'link' ORDER BY id"))
        return [row.outcome for row in rows]
