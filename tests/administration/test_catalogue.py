"""A ward's own words of a procedure: written by one, looked over by another, in force at a moment, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
import msgspec

from bff.administration.shelf import Shelf
from life_events.amending import Amendment, amended
from life_events.terms import Text
from tests.accounts.people import FORM, sends
from tests.town import Town

TOKYO = ZoneInfo("Asia/Tokyo")
PAGE = "/staff/admin/catalogue/child_medical_certificate"
HOW = {
    "ja": "区役所3階の窓口へ。",
    "easy": "区役所の 3かいへ 行きます。",
    "en": "Go to the third floor of the ward office.",
}


def typed(page: str) -> dict[str, str]:
    """The form as a browser would send it, nothing touched."""
    fields = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', page)
    }
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    fields |= {name: unescape(value) for name, value in areas}
    return {name: value for name, value in fields.items() if not name.endswith("_original") and name != "_token"}


async def writes(official: httpx.AsyncClient, page: str = PAGE, **changes: str) -> httpx.Response:
    form = typed((await official.get(f"{page}/new")).text)
    assert set(changes) <= {*form, "starts_at"}
    return await official.post(
        f"{page}/new", content=urlencode({**form, "note": "条例の改正", **changes}), headers=FORM
    )


async def asks(official: httpx.AsyncClient, written: httpx.Response) -> str:
    """The path of the version."""
    assert written.status_code == 303, written.text
    path = written.headers["location"].partition("?")[0]
    assert (await sends(official, f"{path}/ask")).status_code == 303
    return str(path)


async def agrees(official: httpx.AsyncClient, says: str = "agree") -> httpx.Response:
    page = (await official.get("/staff/second")).text
    found = re.search(rf"/staff/second/([0-9a-f-]+)/{says}", page)
    assert found, page
    return await sends(official, f"/staff/second/{found[1]}/{says}")


def own(how: dict[str, str]) -> dict[str, str]:
    return {f"how_{language}": said for language, said in how.items()}


async def now(browser: httpx.AsyncClient, ward: str = "131032") -> Any:
    told = msgspec.json.decode((await browser.get("/open/now.json")).content)
    return told["wards"].get(ward, {}).get("procedures", {}).get("child_medical_certificate", {})


async def test_two_publish_it_everybody_reads_it_and_one_takes_it_back(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    hana, anybody = await town.resident("hana"), town.browser()
    await hana.fills_home()
    before = await hana.step("child_medical_certificate")
    form = typed((await writer.get(f"{PAGE}/new")).text)
    assert form["term_child_medical_certificate"] == "15"

    path = await asks(writer, await writes(writer, **own(HOW), term_child_medical_certificate="30", yen="300"))
    looked = (await approver.get(path)).text
    assert all(
        text in looked for text in ("区役所3階の窓口へ。", "300円", "15日", "30日", "赤ちゃんが生まれたばかりの家")
    )
    assert await now(anybody) == {}, "nothing is seen before another has agreed"
    assert (await agrees(approver)).status_code == 303

    told = await now(anybody)
    assert (told["howToApply"], told["hasCost"]) == (HOW, {"hasValue": 300})
    assert await now(anybody, "131121") == {}, "another ward says nothing otherwise"
    assert HOW["en"] in (await anybody.get("/procedure/child_medical_certificate?lang=en")).text
    step = await hana.asks("{ viewer { home { bundles { steps { procedure how { ja easy en } due } } } } }")
    steps = [one for bundle in step["viewer"]["home"]["bundles"] for one in bundle["steps"]]
    assert HOW in [one["how"] for one in steps if one["procedure"] == "child_medical_certificate"]
    after = await hana.step("child_medical_certificate")
    assert after["due"] == before["due"], "a birth before the new term began counts by the old one"

    page = (await writer.get(PAGE)).text
    holds = re.search(r'name="holds" value="([^"]+)"', page)
    assert holds
    assert (await sends(approver, f"{PAGE}/back", holds=holds[1])).status_code == 303
    assert await now(anybody) == {}
    assert HOW["en"] not in (await anybody.get("/procedure/child_medical_certificate?lang=en")).text
    again = await sends(approver, f"{PAGE}/back", holds=holds[1])
    assert again.headers["location"].endswith("done=over"), "pressed twice it goes back once"


async def test_it_is_found_by_the_name_the_ward_gives_it(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    search = "/search?" + urlencode({"q": "きらぼし手帳"})
    assert "/procedure/child_medical_certificate" not in (await town.browser().get(search)).text
    name = {"name_ja": "きらぼし手帳（医療証）", "name_easy": "きらぼし手帳", "name_en": "Kiraboshi card"}
    await asks(writer, await writes(writer, **name))
    await agrees(approver)
    assert "/procedure/child_medical_certificate" in (await town.browser().get(search)).text


async def test_a_day_ahead_comes_by_itself_in_every_process_and_can_be_called_off(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    soon = (town.house.clock().astimezone(TOKYO) + timedelta(days=3)).replace(second=0, microsecond=0)
    path = await asks(writer, await writes(writer, **own(HOW), starts_at=f"{soon:%Y-%m-%dT%H:%M}"))
    await agrees(approver)
    assert await now(town.browser()) == {}
    assert "公開の予定" in (await writer.get(PAGE)).text

    moment = [town.house.clock()]
    another = Shelf(town.house.shelf.shipped, town.house.db, lambda: moment[0])
    await another.keep_up()

    def says() -> bool:
        own = another.catalogue.wards["131032"].procedures.get("child_medical_certificate")
        return own is not None and own.how is not None and own.how.ja == HOW["ja"]

    assert not says()
    moment[0] = soon - timedelta(seconds=1)
    assert not says()
    moment[0] = soon
    assert says(), "without a further look at the database"
    moment[0] = town.house.clock()

    assert (await sends(approver, f"{path}/call-off")).status_code == 303
    another.forget()
    await another.keep_up()
    moment[0] = soon
    assert not says()
    assert (await sends(approver, f"{path}/call-off")).status_code == 409


async def test_whoever_wrote_it_does_not_agree_and_nobody_changes_what_waits(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    path = await asks(writer, await writes(writer, **own(HOW)))
    key = path.rsplit("/", 1)[-1]
    changed = await writes(writer, **{**own(HOW), "how_ja": "別の文", "key": key})
    assert (changed.status_code, "もう公開を依頼されたか" in changed.text) == (422, True)
    assert (await writer.get(f"{path}/edit")).status_code == 404
    waiting = (await writer.get("/staff/second")).status_code
    assert waiting == 403, "who only writes sees no list of what waits for a second person"
    assert (await agrees(approver, "refuse")).status_code == 303
    assert "下書きを直す" in (await writer.get(path)).text, "refused it is a draft again"
    assert await now(town.browser()) == {}


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"how_en": ""}, "3つとも入力してください"),
    ({"how_ja": "番号は123456789018です"}, "個人番号"),
    ({"how_ja": "<b>窓口</b>"}, "記号は使えません"),
    ({"term_child_medical_certificate": "0"}, "1から366まで"),
    ({"yen": "-1"}, "0から1000000まで"),
    ({"starts_at": "2020-01-01T00:00"}, "400日以内の日時"),
    ({"note": ""}, "理由を500字以内で入力してください"),
    ({}, "いまの共通の内容と同じです"),
)


async def test_what_cannot_be_kept_is_said_at_its_field(town: Town) -> None:
    writer = await town.official("staff-minato-writer")
    for changes, told in WRONG:
        answer = await writes(writer, **changes)
        assert (answer.status_code, told in answer.text) == (422, True), (changes, answer.text)


async def test_a_paper_is_taken_away_another_is_added_and_the_rest_stays(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    gone = {f"paper1_{language}": "" for language in ("ja", "easy", "en")}
    new = {"paper2_ja": "母子健康手帳", "paper2_easy": "母子手帳", "paper2_en": "Maternal handbook"}
    await asks(writer, await writes(writer, **gone, **new))
    await agrees(approver)
    papers = (await now(town.browser()))["hasInput"]
    assert [(one["identifier"], one["name"]["en"]) for one in papers][1:] == [("own_1", "Maternal handbook")]
    assert papers[0]["identifier"] == "insurance_status"


async def test_another_ward_and_who_may_only_read_change_nothing(town: Town) -> None:
    writer = await town.official("staff-minato-writer")
    path = await asks(writer, await writes(writer, **own(HOW)))
    elsewhere, auditor = await town.official("staff-setagaya-writer"), await town.official("staff-minato-auditor")
    assert (await elsewhere.get(path)).status_code == 404
    assert (await auditor.get(path)).status_code == 200
    assert (await auditor.get(f"{PAGE}/new")).status_code == 403
    assert (await sends(auditor, f"{path}/take-back")).status_code == 403
    assert (await elsewhere.get("/staff/admin/catalogue?q=医療証")).status_code == 200


async def test_what_a_newer_release_no_longer_knows_leaves_the_files_standing(town: Town) -> None:
    writer, approver = await town.official("staff-minato-writer"), await town.official("staff-minato-approver")
    await asks(writer, await writes(writer, **own(HOW)))
    await agrees(approver)
    shipped = town.house.shelf.shipped
    fewer = {id: one for id, one in shipped.procedures.items() if id != "child_medical_certificate"}
    shelf = Shelf(msgspec.structs.replace(shipped, procedures=fewer), town.house.db, town.house.clock)
    await shelf.keep_up()
    assert shelf.catalogue.wards["131032"].procedures == shipped.wards["131032"].procedures


async def test_a_release_that_says_something_else_is_another_file_though_nothing_was_published(town: Town) -> None:
    anybody, shipped = town.browser(), town.house.shelf.shipped
    tag = (await anybody.get("/open/now.json")).headers["etag"]
    assert (await anybody.get("/open/now.json", headers={"If-None-Match": tag})).status_code == 304
    how = amended(shipped, "131032", "child_medical_certificate", Amendment(how=Text(**HOW)), town.house.today())
    released = Shelf(how, town.house.db, town.house.clock)
    await released.keep_up()
    assert released.edition.tag != tag
