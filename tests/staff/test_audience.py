"""An official says whom she means in rows and buttons, with no script and no mouse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bff.contacts import town_of
from bff.staff import audience_form
from bff.staff.audience_form import rule_of, typed_from
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from notifications import address_book
from notifications.audience import All, Any, ChildAge, ChildBorn, Marked, Not, Rule, Speaks, Unit
from notifications.notice import Language
from notifications.tables import HERSELF
from tests.staff.desk import MINATO, Desk, Official, letter
from tests.town import Town

CHOICES = {
    "school": [("school:芝浜小学校", "芝浜小学校"), ("school:お台場学園", "お台場学園")],
    "town": [("town:三田五丁目", "三田五丁目")],
    "care": [("care:care3", "要介護3")],
}
ROWS: tuple[Rule, ...] = (
    All(()),
    Speaks(Language.EASY),
    All((Any((Speaks(Language.EASY), Speaks(Language.EN))), ChildAge(3, 18, Unit.MONTHS))),
    Any((Marked("school:芝浜小学校"), Marked("school:お台場学園"))),
    Any((All((Marked("school:芝浜小学校"), ChildAge(6, 7))), Marked("town:三田五丁目"))),
    All((ChildBorn(date(2020, 4, 2), date(2021, 4, 1)), Not(Marked("care:care3")))),
    All((Speaks(Language.JA), Not(Any((Marked("care:care3"), Speaks(Language.EN)))))),
    Not(Speaks(Language.JA)),
)


def test_every_rule_the_form_can_say_comes_back_as_the_same_rule() -> None:
    for rule in ROWS:
        typed = typed_from(rule, None)
        assert typed is not None, rule
        found: list[Mistake] = []
        assert (rule_of(typed, CHOICES, found), found) == (rule, [])


def test_what_the_form_cannot_say_is_left_to_who_can() -> None:
    both = Any((Speaks(Language.JA), ChildAge(1, 2)))
    assert typed_from(All((both, Any((ChildAge(3, 4), Speaks(Language.EN))))), None) is None
    assert typed_from(Any(tuple(All((ChildAge(n, n), Speaks(Language.JA))) for n in range(5))), None) is None


def test_rows_come_and_go_by_buttons_alone() -> None:
    begun = audience_form.blank()
    more, go_on = audience_form.pressed(begun.but(do="add-x", new_x="care")) or (Typed(), "")
    assert go_on == "s3_marks"
    assert more.every("slot") == ("1.1.language", "1.2.child_age", "x.3.care")
    less, _ = audience_form.pressed(more.but(do="drop-1")) or (Typed(), "")
    assert less.every("slot") == ("1.2.child_age", "x.3.care")
    nothing, go_on = audience_form.pressed(begun.but(do="add-2")) or (Typed(), "")
    assert (go_on, nothing.every("slot")) == ("new_2", begun.every("slot"))
    assert audience_form.pressed(begun.but(do="save")) is None
    full = Typed({"slot": tuple(f"1.{n}.language" for n in range(1, 25)), "do": ("add-1",), "new_1": ("care",)})
    assert len((audience_form.pressed(full) or (Typed(), ""))[0].every("slot")) == 24


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("東京都港区三田五丁目8番21号 みなとハイツ203", "三田五丁目"),
        ("港区芝公園１丁目5番25号", "芝公園一丁目"),
        ("東京都千代田区丸の内12丁目2", "丸の内十二丁目"),
        ("東京都新宿区四谷本塩町2番", "四谷本塩町"),
        ("大阪府堺市1", ""),
    ],
)
def test_a_town_is_one_mark_however_the_address_writes_its_number(address: str, town: str) -> None:
    assert town_of(address) == town


async def test_who_lives_where_is_told_by_the_register_and_by_nobody_else(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    async with town.house.db.house() as conn:
        found = await conn.execute(text("SELECT mark FROM contact_marks WHERE mark ~ '^(town|care):' ORDER BY mark"))
        assert found.scalars().all() == ["town:芝浦三丁目"]


async def test_a_life_event_that_is_open_is_a_mark_where_she_agrees_and_no_longer(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await hana.answers("pregnant", True)
    assert await events(town) == [], "nobody is chosen by it who has not agreed"
    wish = "mutation($i: MailWishesInput!) { chooseMailWishes(input: $i) { ... on MailWishes { byEvent } } }"
    assert (await hana.asks(wish, i={"mutes": [], "byEvent": True}))["chooseMailWishes"] == {"byEvent": True}
    assert await events(town) == ["event:pregnancy_birth"]
    await hana.answers("bereaved", True)
    assert await events(town) == ["event:pregnancy_birth"], "of no day yet: not one that is open now"
    await hana.answers("death_date", str(town.house.today() - timedelta(days=20)))
    assert await events(town) == ["event:bereavement", "event:pregnancy_birth"]
    await hana.answers("bereaved", False)
    assert await events(town) == ["event:pregnancy_birth"], "taken back, taken away at once"
    assert (await hana.asks(wish, i={"mutes": []}))["chooseMailWishes"] == {"byEvent": True}, (
        "an older phone says nothing"
    )
    assert (await hana.asks(wish, i={"mutes": [], "byEvent": False}))["chooseMailWishes"] == {"byEvent": False}
    assert await events(town) == []


async def events(town: Town) -> list[str]:
    async with town.house.db.house() as conn:
        found = await conn.execute(text("SELECT mark FROM contact_marks WHERE mark LIKE 'event:%' ORDER BY mark"))
        return list(found.scalars())


async def at_school(desk: Desk, school: str, *births: date) -> None:
    ids = await desk.residents(MINATO, *[(Language.JA, birth) for birth in births])
    async with desk.house.db.house() as conn:
        for resident in ids:
            marks = {(f"school:{school}", HERSELF), (f"class:{school}:1年1組", HERSELF)}
            for prefix in ("school:", "class:"):
                hers = {one for one in marks if one[0].startswith(prefix)}
                await address_book.keep_marks(conn, resident=resident, ward=MINATO, prefix=prefix, marks=hers)


async def test_a_writer_builds_an_audience_row_by_row_and_is_told_what_it_means(desk: Desk, watanabe: Official) -> None:
    await at_school(desk, "芝浜小学校", *[date(2019, 11, 24)] * 30)
    await desk.residents(MINATO, *[(Language.EN, None)] * 40)
    form = letter(title_ja="書きかけの件名")
    page = await watanabe.sends("/staff/broadcasts/new", {**form, "do": "add-1", "new_1": "school"})
    assert page.status == 200
    assert page.value("title_ja") == "書きかけの件名"
    assert 'name="s3_marks" value="school:芝浜小学校" id="s3_marks" autofocus' in page.html
    rows = {**form, "slot": ["1.1.language", "1.2.child_age", "1.3.school", "2.4.language", "x.5.child_age"]}
    rows |= {"s3_marks": ["school:芝浜小学校"], "s4_languages": ["en"], "s5_least": "7", "s5_most": "7"}
    rows |= {"s5_unit": "years", "do": "check"}
    page = await watanabe.sends("/staff/broadcasts/new", rows)
    told = "芝浜小学校に通う子どもがいる人、または表示言語に英語を選んでいる人。ただし、7歳の子どもがいる人を除く"
    assert told in page.text
    assert "対象 約40人" in page.text, "the thirty are seven years old today"
    held, _, rest = page.text.partition("届く人（作り話の例）")[2].partition("届かない人（作り話の例）")
    left_out = rest.partition("この1週間に")[0]
    assert ("英語で読む人" in held, "7歳" in held, "7歳" in left_out) == (True, False, True)
    assert "同じ子どもとは限りません" in page.text
    kept = await watanabe.sends("/staff/broadcasts/new", {**rows, "do": "save", "audience_name": "7歳でない人"})
    assert kept.status == 303
    assert told in (await watanabe.opens(kept.goes_to)).text
    again = await watanabe.opens(f"{kept.goes_to.partition('?')[0]}/edit")
    assert 'value="school:芝浜小学校" id="s1_marks" checked' in again.html
    taken = await watanabe.sends("/staff/broadcasts/new", letter(audience_name="7歳でない人"))
    assert (taken.status, "同じ名前のものがすでにあります" in taken.text) == (422, True)


async def test_who_asks_much_about_life_events_is_told_no_more_sizes_that_day(desk: Desk, watanabe: Official) -> None:
    """Sixty answers, each moved a little, are the true number."""

    async def asks(years: int, what: str = "event") -> str:
        rows = letter(slot=["1.1.event", "x.2.child_age"] if what == "event" else ["1.2.child_age"], do="check")
        rows |= {"s1_marks": ["event:moving_in"], "s2_least": str(years), "s2_most": str(years), "s2_unit": "years"}
        page = await watanabe.sends("/staff/broadcasts/new", rows)
        assert page.value("title_ja") == letter()["title_ja"]
        return page.text

    told = [await asks(years) for years in range(14)]
    assert ["1日12通りまで" in one for one in told] == [False] * 12 + [True] * 2
    assert "1日12通りまで" not in await asks(0), "asked before, and told the same"
    assert "1日12通りまで" not in await asks(3, "child_age"), "nobody is singled out by that"


async def test_an_audience_under_a_name_is_used_renamed_and_forgotten_by_its_own_people_alone(
    desk: Desk, watanabe: Official
) -> None:
    await at_school(desk, "芝浜小学校", date(2019, 11, 24))
    hara = await desk.official("原", MINATO, "school", school="芝浜小学校")
    await watanabe.writes(s1_languages=["en"], audience_name="英語の人")
    await hara.writes(slot=["1.1.class"], s1_marks=["class:芝浜小学校:1年1組"], audience_name="1年1組")
    listed = await watanabe.opens("/staff/audiences")
    assert ("英語の人" in listed.text, "1年1組" in listed.text) == (True, False)
    id = listed.html.partition("/staff/audiences/")[2].partition("/")[0]
    used = await watanabe.opens("/staff/broadcasts/new", audience=id)
    assert 'value="en" id="s1_languages-en" checked' in used.html
    assert (await hara.sends(f"/staff/audiences/{id}/rename", {"name": "わたしの"})).status == 404
    assert (await hara.opens("/staff/broadcasts/new", audience=id)).status == 404
    empty = await watanabe.sends(f"/staff/audiences/{id}/rename", {"name": " "})
    assert (empty.status, f'<a href="#name-{id}">' in empty.html) == (422, True)
    assert (await watanabe.sends(f"/staff/audiences/{id}/rename", {"name": "英語を読む人"})).status == 303
    assert "英語を読む人" in (await watanabe.opens("/staff/audiences")).text
    assert (await watanabe.sends(f"/staff/audiences/{id}/forget", {})).status == 303
    assert "保存した対象はまだありません" in (await watanabe.opens("/staff/audiences")).text


async def test_a_school_asks_for_nothing_but_its_own_children(desk: Desk) -> None:
    await at_school(desk, "芝浜小学校", date(2019, 11, 24))
    await at_school(desk, "お台場学園", date(2019, 11, 24))
    hara = await desk.official("原", MINATO, "school", school="芝浜小学校")
    page = await hara.opens("/staff/broadcasts/new")
    assert "お台場学園" not in page.text
    assert "要支援・要介護" not in page.text
    for kind, mark in (("care", "care:care3"), ("class", "class:お台場学園:1年1組"), ("town", "town:三田五丁目")):
        form = letter(slot=[f"1.1.{kind}"], s1_marks=[mark])
        assert (await hara.sends("/staff/broadcasts/new", form)).status == 422, mark
    path = await hara.writes(slot=["1.1.class"], s1_marks=["class:芝浜小学校:1年1組"])
    told = (await hara.opens(path)).text
    assert "芝浜小学校に通う子どもがいる人で、かつ芝浜小学校 1年1組に通う子どもがいる人" in told
