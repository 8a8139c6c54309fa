"""Somebody whom no register knows by what she typed is told so, and nobody promises her an answer."""

from __future__ import annotations

from tests.accounts.people import comes_by_code
from tests.town import Town

SHOW = """{ viewer { home {
  sources { id state why { ja } }
  bundles { steps { id state gaps because { ja } } }
} } }"""


async def test_who_is_in_no_register_hears_that_and_where_to_ask(town: Town) -> None:
    taro = await comes_by_code(town, await town.official("staff-minato-caseworker"))
    await taro.agrees_to_all()
    await taro.fills_home()
    home = (await taro.asks(SHOW))["viewer"]["home"]
    stand = {one["id"]: one for one in home["sources"]}
    assert stand["registry"]["state"] == "NO_RECORD"
    assert stand["registry"]["why"]["ja"] == "該当する記録が見つかりませんでした。"
    assert "GAP" not in {one["state"] for one in stand.values()}
    unheard = [step for bundle in home["bundles"] for step in bundle["steps"] if step["state"] == "UNHEARD"]
    assert unheard, "some step needs the register"
    assert all(step["gaps"] == [] for step in unheard)
    assert {step["because"]["ja"] for step in unheard} == {
        "あなたの記録が見つからないため、この手続きはここでは確認できません。区の窓口でお尋ねください。"
    }


async def test_who_has_not_agreed_hears_that_she_has_not_and_nothing_of_an_address(town: Town) -> None:
    ken = await town.resident("ken", agrees=False)
    await ken.fills_home()
    home = (await ken.asks(SHOW))["viewer"]["home"]
    unheard = [step for bundle in home["bundles"] for step in bundle["steps"] if step["state"] == "UNHEARD"]
    assert unheard
    assert all("同意されていない" in step["because"]["ja"] for step in unheard)
