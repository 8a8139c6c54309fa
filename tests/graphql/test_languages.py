"""Who says that she reads Vietnamese gets it where it is told; who says nothing gets what she always got."""

from __future__ import annotations

import pytest

from bff.furigana import annotated
from bff.graphql.reader import HEADER, as_read_in
from bff.texts import say
from infra.words.making import BREAK, phrases
from life_events import Text
from tests.town import Town

ASK = "query A { viewer { language filedRule { ...TextParts } } } fragment TextParts on Text { ja easy en }"


@pytest.mark.parametrize(
    ("easy", "read"),
    [
        ("引っ越しの 届けを 出します", "[引|ひ]っ[越|こ]しの [届|とど]けを [出|だ]します"),
        ("7日までに 1人で 10分", "[7日|なのか]までに [1人|ひとり]で 10[分|ぷん]"),
        ("12月20日 3か月 20歳 5分", "12[月|がつ][20日|はつか] 3か[月|げつ] 20[歳|さい] 5[分|ふん]"),
        ("この 方の 生年月日", "この [方|かた]の [生年月日|せいねんがっぴ]"),
        ("令和8年 {n}日 {n}円", "[令和|れいわ]8[年|ねん] {n}日 {n}[円|えん]"),
        ("山田さん", "山田さん"),
        ("かな だけ", "かな だけ"),
    ],
)
def test_kanji_are_read_as_they_are_said_there(easy: str, read: str) -> None:
    assert annotated(easy) == read


def test_a_text_falls_back_to_english_and_is_filled_in_every_language_it_is_told_in() -> None:
    text = Text("{n}日", "{n}日", "{n} days", vi="{n} ngày")
    assert (text.in_language("vi"), text.in_language("ko"), text.in_language("easy")) == (
        "{n} ngày",
        "{n} days",
        "{n}日",
    )
    assert text.changed(lambda _, said: said.format(n=3)) == Text("3日", "3日", "3 days", vi="3 ngày")
    assert as_read_in(ASK, "zh-Hans").endswith("on Text { ja easy en zhHans }")
    assert as_read_in(ASK, "ja") == as_read_in(ASK, None) == as_read_in(ASK, "x } }") == ASK


async def test_an_account_says_whether_its_language_was_chosen(town: Town) -> None:
    hana = await town.resident("hana")
    ask = "{ viewer { language languageChosen } }"
    assert (await hana.asks(ask))["viewer"] == {"language": "JA", "languageChosen": False}
    await hana.asks("mutation { chooseLanguage(language: JA) { __typename } }")
    assert (await hana.asks(ask))["viewer"] == {"language": "JA", "languageChosen": True}


async def test_the_wire_has_her_language_only_when_she_says_it(town: Town) -> None:
    hana = await town.resident("hana")
    chosen = await hana.asks("mutation { chooseLanguage(language: VI) { __typename } }")
    assert chosen["chooseLanguage"]["__typename"] != "SignInNeeded"
    before = (await hana.asks(ASK))["viewer"]
    assert (before["language"], set(before["filedRule"])) == ("EN", {"ja", "easy", "en"})
    hana.browser.headers[HEADER] = "vi"
    told = (await hana.asks(ASK))["viewer"]
    assert (told["language"], told["filedRule"]["vi"]) == ("VI", say("filing_rule").vi)
    assert told["filedRule"]["vi"] not in (None, told["filedRule"]["en"])
    hana.browser.headers[HEADER] = "easy-furigana"
    assert "|" in (await hana.asks(ASK))["viewer"]["filedRule"]["easyRead"]


def test_no_line_breaks_within_what_is_filled_in_nor_before_a_single_letter() -> None:
    said = {"hello": "{name}さん、こんにちは", "search": "さがす", "yes": "はい", "more": "ほかの質問（{n}件）"}
    parted = {key: text.split(BREAK) for key, text in phrases(said).items()}
    assert parted == {"hello": ["{name}さん、", "こんにちは"], "more": ["ほかの", "質問", "（{n}件）"]}
