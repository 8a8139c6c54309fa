"""An official writes: the draft is kept once, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from notifications.notice import Language
from tests.staff.desk import MINATO, SETAGAYA, Desk, Official, Page, letter

# 総務省令85号5条 by hand: 1*6+2*5+3*4+4*3+5*2+6*7+7*6+8*5+9*4+0*3+1*2 = 212, 212 % 11 = 3, 11 - 3 = 8.
INDIVIDUAL_NUMBER = "123456789018"


async def test_a_draft_is_kept_and_shown_in_three_languages(watanabe: Official) -> None:
    path = await watanabe.writes(
        title_easy="けんしんの おしらせ",
        body_easy="こどもと いっしょに きてください。",
        title_en="Health check before school",
        body_en="Please come with your child.",
        languages=["easy", "en"],
        least="５",
        most="6",
    )
    page = await watanabe.opens(path)
    assert page.at("broadcast-state") == "下書き"
    for words in ("就学時健康診断のお知らせ", "けんしんの おしらせ", "Health check before school"):
        assert words in page.text
    assert "やさしい日本語・英語を選んでいる人で、かつ5歳から6歳までの子どもがいる人" in page.text
    assert "2026年12月1日（火）" in page.text
    assert page.offers("承認を依頼")
    assert "下書き" in (await watanabe.opens("/staff")).text


async def test_the_same_form_sent_twice_makes_one_broadcast(watanabe: Official) -> None:
    form = letter()
    first = await watanabe.sends("/staff/broadcasts/new", form)
    second = await watanabe.sends("/staff/broadcasts/new", form)
    assert (first.status, second.status) == (303, 303)
    assert first.goes_to == second.goes_to
    assert (await watanabe.opens("/staff")).html.count('<th scope="row">') == 1


async def test_another_text_under_the_same_key_is_asked_about_and_not_dropped(watanabe: Official) -> None:
    form = letter()
    path = (await watanabe.sends("/staff/broadcasts/new", form)).goes_to.partition("?")[0]
    page = await watanabe.sends("/staff/broadcasts/new", {**form, "body_ja": "会場が変わりました。"})
    assert page.status == 409
    assert page.value("body_ja") == "会場が変わりました。"
    assert f'action="{path}/edit"' in page.html
    saved = await watanabe.sends(f"{path}/edit", edited(page.value("version"), body_ja="会場が変わりました。"))
    assert saved.status == 303
    assert "会場が変わりました。" in (await watanabe.opens(path)).text


def edited(version: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    form = letter(version=version, **changes)
    del form["key"]
    return form


WRONG: list[tuple[dict[str, str | list[str]], str, str]] = [
    ({"title_ja": ""}, "title_ja", "件名を入力してください"),
    ({"body_ja": " \r\n "}, "body_ja", "本文を入力してください"),
    ({"title_ja": "あ" * 81}, "title_ja", "80字以内にしてください（いまは81字）"),
    ({"body_ja": "あ" * 4001}, "body_ja", "4000字以内にしてください（いまは4001字）"),
    ({"body_ja": f"番号は {INDIVIDUAL_NUMBER} です"}, "body_ja", "個人番号（マイナンバー）と思われる"),
    ({"title_en": "Hello", "body_en": "1234-5678-9018"}, "body_en", "個人番号（マイナンバー）と思われる"),
    ({"body_ja": f"番号 {INDIVIDUAL_NUMBER} 5"}, "body_ja", "個人番号（マイナンバー）と思われる"),
    ({"title_ja": "1234・5678・9018"}, "title_ja", "個人番号（マイナンバー）と思われる"),
    ({"title_easy": "おしらせ"}, "body_easy", "両方を入力するか、両方を空欄に"),
    ({"act_by": "2026-11-31"}, "act_by", "年・月・日の順に入力してください"),
    ({"act_by": "あした"}, "act_by", "年・月・日の順に入力してください"),
    ({"act_by": "2026-11-23"}, "act_by", "期限の日付が過ぎています"),
    ({"kind": "status"}, "kind", "種類を選んでください"),
    ({"least": "3"}, "s2_most", "下限と上限の両方を"),
    ({"least": "6", "most": "3"}, "s2_most", "上限は下限以上"),
    ({"least": "-1", "most": "3"}, "s2_least", "0以上の整数"),
    ({"least": "1", "most": "3", "unit": "decades"}, "s2_unit", "「歳」か「か月」"),
    ({"languages": ["ja", "klingon"]}, "s1_languages", "一覧から選んでください"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG, ids=[f"{f}-{w[:6]}" for _, f, w in WRONG])
async def test_a_mistake_is_explained_and_what_was_typed_remains(
    watanabe: Official, changes: dict[str, str | list[str]], field: str, words: str
) -> None:
    form = letter(**{"title_ja": "夜間の断水について", "body_ja": "<https://example.test> へ。", **changes})
    page = await watanabe.sends("/staff/broadcasts/new", form)
    assert page.status == 422
    assert f'<a href="#{field}">' in page.html
    assert f'id="{field}"' in page.html
    assert words in page.text
    for name in ("key", "title_ja", "body_ja", "title_easy", "title_en", "body_en", "act_by", "s2_least", "s2_most"):
        assert page.value(name) == str(form[name]).replace("\r\n", "\n"), name
    assert "お知らせはまだありません" in (await watanabe.opens("/staff")).text


async def test_all_mistakes_are_told_at_once(watanabe: Official) -> None:
    page = await watanabe.sends(
        "/staff/broadcasts/new", letter(title_ja="", body_ja="", act_by="x", kind="", least="x")
    )
    assert "入力内容を確かめてください（6件）" in page.text


async def test_a_form_with_an_unknown_field_or_a_broken_key_is_not_saved(watanabe: Official) -> None:
    unknown = await watanabe.sends("/staff/broadcasts/new", letter(ward=SETAGAYA))
    assert unknown.status == 422
    assert "この画面にない項目が送られました（ward）" in unknown.text
    broken = await watanabe.sends("/staff/broadcasts/new", letter(key="1"))
    assert broken.status == 422
    assert broken.value("title_ja") == "就学時健康診断のお知らせ"
    again = await watanabe.sends("/staff/broadcasts/new", letter(key=broken.value("key")))
    assert again.status == 303


async def test_a_body_beyond_all_measure_is_refused_with_the_way_back(watanabe: Official) -> None:
    page = await watanabe.sends("/staff/broadcasts/new", letter(body_ja="x" * 300_000))
    assert page.status == 413
    assert "ブラウザーの「戻る」" in page.text


async def test_what_is_no_form_is_refused(watanabe: Official) -> None:
    json = await watanabe.browser.post("/staff/broadcasts/new", json=letter())
    latin = await watanabe.browser.post(
        "/staff/broadcasts/new",
        content=b"title_ja=%ff%fe",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (json.status_code, latin.status_code) == (400, 400)


async def test_the_size_is_counted_in_the_officials_own_ward(
    desk: Desk, watanabe: Official, nakamura: Official
) -> None:
    six, ten = date(2020, 11, 24), date(2016, 11, 24)
    await desk.residents(MINATO, *[(Language.JA, six)] * 15, *[(Language.EN, six)] * 10, *[(Language.JA, ten)] * 15)
    await desk.residents(SETAGAYA, *[(Language.JA, six)] * 10)
    kids = {"slot": ["1.1.language", "1.2.child_age"], "s2_unit": "years"}

    async def size(by: Official, **rows: str) -> str:
        return Page(await by.browser.get("/staff/broadcasts/size", params={**kids, **rows})).text

    assert "対象 約40人" in await size(watanabe), "whatever the shift, forty are moved and rounded to forty"
    assert "対象 約25人" in await size(watanabe, s2_least="6", s2_most="6")
    assert "対象 約10人 " in await size(watanabe, s1_languages="en", s2_least="6", s2_most="６")
    assert "対象 5人未満" in await size(watanabe, s1_languages="easy")
    assert "対象 約10人" in await size(nakamura)
    assert "対象 約25人" in await size(watanabe, s2_least="72", s2_most="72", s2_unit="months")


async def test_without_javascript_the_button_shows_size_and_preview_and_saves_nothing(
    desk: Desk, watanabe: Official
) -> None:
    await desk.residents(MINATO, *[(Language.JA, None)] * 10)
    page = await watanabe.sends("/staff/broadcasts/new", letter(do="check", title_ja="粗大ごみ", kind="emergency"))
    assert page.status == 200
    assert "対象 約10人" in page.html
    assert "港区から緊急のお知らせ" in page.text
    assert "Urgent notice from Minato" in page.text
    assert page.value("title_ja") == "粗大ごみ"
    assert "お知らせはまだありません" in (await watanabe.opens("/staff")).text


async def test_the_preview_shows_the_push_without_a_word_of_the_text(watanabe: Official) -> None:
    page = await watanabe.sends("/staff/broadcasts/preview", letter(title_ja="粗大ごみ", kind="information"))
    push = page.html.partition('class="phone-line"')[0].partition('class="phone-push"')[2]
    assert "港区から新しいお知らせ" in push
    assert "粗大ごみ" not in push
    assert "粗大ごみ" in page.text


async def test_a_draft_that_someone_else_changed_is_not_overwritten_unseen(desk: Desk, watanabe: Official) -> None:
    mori = await desk.official("森", MINATO, "editor")
    path = await watanabe.writes()
    opened = (await watanabe.opens(f"{path}/edit")).value("version")
    assert (await mori.sends(f"{path}/edit", edited("1", body_ja="森の文"))).status == 303
    page = await watanabe.sends(f"{path}/edit", edited(opened, body_ja="渡辺の文"))
    assert page.status == 409
    assert "ほかの職員が内容を変更しました" in page.text
    assert page.value("body_ja") == "渡辺の文"
    assert "森の文" in (await watanabe.opens(path)).text
    knowing = await watanabe.sends(f"{path}/edit", edited(page.value("version"), body_ja="渡辺の文"))
    assert knowing.status == 303
    assert "渡辺の文" in (await watanabe.opens(path)).text


async def test_the_edit_form_is_as_it_was_saved(watanabe: Official) -> None:
    path = await watanabe.writes(
        title_en="Check", body_en="Come.", languages=["en"], least="3", most="18", unit="months"
    )
    page = await watanabe.opens(f"{path}/edit")
    typed = {name: page.value(name) for name in ("title_ja", "title_easy", "title_en", "body_en", "s2_least", "act_by")}
    assert typed == {
        "title_ja": "就学時健康診断のお知らせ",
        "title_easy": "",
        "title_en": "Check",
        "body_en": "Come.",
        "s2_least": "3",
        "act_by": "2026-12-01",
    }
    assert '<option value="months" selected>' in page.html


async def test_an_approver_who_may_not_write_is_told_and_keeps_the_text(kobayashi: Official) -> None:
    page = await kobayashi.sends("/staff/broadcasts/new", letter(key=str(uuid4()), body_ja="小林の文"))
    assert page.status == 403
    assert "「お知らせを書く」ができるのは、「お知らせの作成、学校」の役割を持つ職員だけです" in page.text
    assert "小林の文" in page.text
