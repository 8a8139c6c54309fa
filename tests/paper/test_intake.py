"""A paper from the counter to its decision, through the pages and with the real Tesseract."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image
from sqlalchemy import text

from bff.effect import days
from bff.paper import coming_round
from bff.settings.paper import PaperSettings
from bff.staff.words import day
from tests.paper.clerk import Form, brings, close, doubtful, form_on, signs_off
from tests.paper.drawn import MIYO, RECEIVED, REPORT, RIGHT, a_letter, pages, pdf, png
from tests.paper.test_reading import ASK_FOR
from tests.staff.desk import Official
from tests.staff.test_cases import REASON, at_work, chooses, mine, opened, settles, version
from tests.town import Town

ON_PAPER = "{ viewer { applications { nodes { id receivedOn filed { at } } } } }"


async def test_a_paper_is_read_looked_over_and_decided_like_any_other(town: Town) -> None:
    assert town.house.reader is not None, ASK_FOR
    nishimura, fujita = await at_work(town, "setagaya-admin"), await at_work(town, "setagaya-caseworker")
    ken = await town.resident("ken")
    await ken.fills_home()
    assert "選ばれていません" in (await fujita.opens("/staff/paper/new")).text
    await chooses(nishimura, REPORT, standard_days="14")
    assert (await nishimura.sends("/staff/paper/sample", {})).status == 403

    begun = await brings(fujita, [("scan.pdf", pdf(pages(town.house.catalogue)))])
    assert begun.status == 303, begun.text
    path = begun.goes_to
    waits = await fujita.opens(path)
    assert ("読み取っています" in waits.text, "paper-form" in waits.html) == (True, False)
    early = form_on(await fujita.opens(f"{path}?write=yes")) | {"f.applicant_phone": "03-1111-2222"}
    assert "自動で保存しました" in (await fujita.sends(f"{path}/keep", early)).text
    await settles(town)
    state = await fujita.opens(f"{path}/state?write=yes")
    assert "読み取りが終わりました" in state.text
    met = await fujita.sends(f"{path}/check", early)
    assert (met.status, "入力のあいだに読み取りが終わりました" in met.text) == (422, True)
    assert form_on(met)["f.applicant_phone"] == "03-1111-2222", "what was typed stands over what was read"
    page = await fujita.opens(path)
    form = form_on(page)
    read = {id: form.get(f"f.{id}", "") for id in RIGHT}
    right = [id for id, one in RIGHT.items() if close(read[id]) == close(one)]
    assert len(right) >= len(RIGHT) - 3, read
    form |= {f"f.{id}": one for id, one in RIGHT.items()}
    assert "読み取れました" in page.at("field-applicant_birth_date")
    assert "空欄であることを確かめてください" in page.at("field-spouse_name")
    assert page.html.count("data:image/jpeg;base64,") == 2 + 14, "two pages, and a piece for each field"

    numbered = (await brings(fujita, [("n.png", png(a_letter("1234 5678 9018")))])).goes_to
    await settles(town)
    gone = await fujita.opens(numbered)
    assert ("画像を消しました" in gone.at("not-read"), "data:image" in gone.html) == (True, False)

    number = await fujita.sends(f"{path}/check", {**form, "f.household_change": "123456789018"})
    assert (number.status, "12桁" in number.text) == (422, True)
    await another_ward_knocks(town, path)
    form = await a_colleague_takes_it_up(town, fujita, path, form)

    ishida = await at_work(town, "setagaya-caseworker")
    unseen = await ishida.sends(f"{path}/check", form)
    assert (unseen.status, "見比べて確かめました" in unseen.text) == (422, True)
    form = form_on(await ishida.opens(path)) | {"seen": doubtful(page)}
    check = await signs_off(ishida, path, form)
    assert "一致しました" in check.at("whose")
    await settles(town)
    await the_same_paper_again_is_no_second_case(town, ishida, form)
    await decided_like_any_other(town, ishida, ken)
    await is_counted_and_written_out_as_paper(town, nishimura)


async def another_ward_knocks(town: Town, path: str) -> None:
    ishii = await at_work(town, "minato-caseworker")
    assert (await ishii.opens(path)).status == 404
    assert (await ishii.opens(f"{path}/pages/1")).status == 404
    for act in ("open", "draft", "check", "file", "read", "throw-away"):
        assert (await ishii.sends(f"{path}/{act}", {**REASON, "version": "1"})).status == 404
    assert "P-131121" not in (await ishii.opens("/staff/paper")).text


async def a_colleague_takes_it_up(town: Town, fujita: Official, path: str, form: Form) -> Form:
    """What the first one typed is there; her window can no longer write over it. Then the other way round."""
    typed = form_on(await fujita.opens(path)) | {"f.work_hours": "120"}
    for _ in range(2):
        kept = await fujita.sends(f"{path}/keep", typed)
        assert "自動で保存しました" in kept.text, "also while the page does not know of the first yet"
    assert (await fujita.sends(f"{path}/draft", form)).status == 409, "that window is older than what was kept"
    colleague = await at_work(town, "setagaya-caseworker-2")
    before = await colleague.opens(path)
    assert ("藤田" in before.text, "鈴木" in before.text, "data:image" in before.html) == (True, False, False)
    assert (await colleague.opens(f"{path}/pages/1")).status == 404
    assert (await colleague.sends(f"{path}/open", {"reason": ""})).status == 422
    assert (await colleague.sends(f"{path}/open", REASON)).status == 303
    theirs = form_on(await colleague.opens(path))
    assert theirs["f.work_hours"] == "120"
    lost = await fujita.sends(f"{path}/draft", {**typed, "f.before": "消えない", "f.work_hours": "99"})
    assert (lost.status, "99" in lost.text) == (409, True)
    assert (await fujita.sends(f"{path}/open", REASON)).status == 303
    return form_on(await fujita.opens(path)) | {"f.work_hours": "160"}


async def the_same_paper_again_is_no_second_case(town: Town, clerk: Official, form: Form) -> None:
    path = (await brings(clerk, [("a.png", png(Image.new("L", (200, 200), "white")))])).goes_to
    await settles(town)
    page = await clerk.opens(path)
    assert "項目が、紙にほとんど見つかりません" in page.at("no-fit")
    said = {**form, **{name: form_on(page)[name] for name in ("version", "window")}, "seen": doubtful(page)}
    check = await clerk.sends(f"{path}/check", said)
    file = {"version": check.value("version"), "whose": check.value("whose"), "compared": "yes"}
    refused = await clerk.sends(f"{path}/file", file)
    assert (refused.status, "もう受け付けられています" in refused.text) == (422, True)
    assert form_on(refused)["f.work_hours"] == "160", "what was typed stands there"


async def is_counted_and_written_out_as_paper(town: Town, administrator: Official) -> None:
    """It spared nobody a way."""
    async with town.house.db.house() as conn:
        await days.count(conn, town.house.today(), timedelta(days=2))
        counted = (await conn.execute(text("SELECT what, n FROM effect_days WHERE procedure <> ''"))).all()
    assert {tuple(one) for one in counted} == {("paper", 1), ("decided", 1)}
    sheet = await administrator.sends("/staff/cases/export", REASON)
    assert ",紙," in sheet.html


async def decided_like_any_other(town: Town, clerk: Official, ken: object) -> None:
    (hers,) = await mine(ken)  # type: ignore[arg-type]
    assert [line["state"] for line in hers["history"]] == ["RECEIVED"]
    assert hers["standing"]["by"] == (RECEIVED + timedelta(days=14)).isoformat()
    (told,) = (await ken.asks(ON_PAPER))["viewer"]["applications"]["nodes"]  # type: ignore[attr-defined]
    assert told["receivedOn"] == RECEIVED.isoformat()
    queue = await clerk.opens("/staff/cases")
    row = queue.at(f"case-{hers['receiptNumber']}")
    assert (f"到達 {day(RECEIVED)}" in row, "紙で受け付けたものです" in row) == (True, True)
    page = await opened(clerk, hers["id"])
    assert page.at("channel") == f"紙（受付印 {day(RECEIVED)}）"
    assert page.at("line-applicant_name").endswith("一致")
    assert "紙を取り込み、見比べて申請にした" in page.at("log")
    path = f"/staff/cases/{hers['id']}"
    scan = await clerk.sends(f"{path}/paper", REASON)
    assert (scan.status, scan.html.count("data:image/jpeg")) == (200, 2)
    assert (await clerk.sends(f"{path}/paper", {"reason": ""})).status == 404
    decide = {**REASON, "version": version(page), "outcome": "decided", "grounds": "確認しました"}
    assert (await clerk.sends(f"{path}/decide", decide)).status == 303
    await settles(town)
    (hers,) = await mine(ken)  # type: ignore[arg-type]
    assert hers["state"] == "DECIDED"
    inbox = (await ken.asks("{ viewer { inbox(first: 9) { nodes { title { ja } } } } }"))["viewer"]["inbox"]["nodes"]  # type: ignore[attr-defined]
    assert len(inbox) >= 2, "that it was received, and that it was decided"
    async with town.house.db.house() as conn:
        looks = (await conn.execute(text("SELECT service, purpose FROM exchange_log WHERE direction = 'within'"))).all()
        left = (await conn.execute(text("SELECT read, draft FROM paper_intakes WHERE filed_at IS NOT NULL"))).all()
    assert {("paper", "paper_intake"), ("account", "paper_intake"), ("paper", "examination")} <= {
        tuple(one) for one in looks
    }
    assert {tuple(one) for one in left} == {(None, None)}, "what was read and typed stands in the application alone"


async def test_somebody_without_an_account_has_a_case_and_is_forgotten_after_it(town: Town) -> None:
    """Read by nobody: the house has no Tesseract here, says so, and a clerk types."""
    object.__setattr__(town.house, "reader", None)
    nishimura, fujita = await at_work(town, "setagaya-admin"), await at_work(town, "setagaya-caseworker")
    await chooses(nishimura, REPORT)
    await refused_files(fujita)
    picture = png(pages(town.house.catalogue, MIYO)[0])
    thrown = (await brings(fujita, [("a.png", picture)])).goes_to
    path = (await brings(fujita, [("a.png", picture)])).goes_to
    await settles(town)
    page = await fujita.opens(path)
    assert "Tesseract）がないため" in page.at("not-read")
    assert (await fujita.sends(f"{thrown}/throw-away", {"version": "1", **REASON})).status == 303
    assert (await fujita.opens(thrown)).status == 404

    form = form_on(page) | {f"f.{id}": one for id, one in RIGHT.items()}
    form |= {
        "f.applicant_name": "山田 みよ",
        "f.applicant_birth_date": "昭和33年4月1日",
        "f.applicant_kana": "やまだ みよ",
    }
    empty = await fujita.sends(f"{path}/check", {**form, "f.applicant_address": ""})
    assert (empty.status, "住所" in empty.text) == (422, True)
    form["version"] = empty.value("version")
    check = await signs_off(fujita, path, form)
    assert "一致するアカウントはありません" in check.at("whose")
    await settles(town)
    async with town.house.db.house() as conn:
        (case,) = (await conn.execute(text("SELECT application, resident FROM cases"))).all()
        assert (await conn.execute(text("SELECT count(*) FROM deliveries"))).scalar() == 0, "nobody would read it"
    shown = await opened(fujita, str(case.application))
    assert "アカウントのない方です" in shown.at("no-account")
    assert "就労" in shown.text, "in words, not in codes"

    await an_account_elsewhere_is_told_of_unless_protected(town, fujita, picture, form)
    back = {**REASON, "version": version(shown), "words": "時間数をご確認ください", "field": ["work_hours"]}
    assert (await fujita.sends(f"/staff/cases/{case.application}/ask-back", back)).status == 303
    again = (await brings(fujita, [("a.png", picture)])).goes_to
    form |= {"version": "1", "f.work_hours": "120"}
    await settles(town)
    check = await signs_off(fujita, again, form)
    assert "以前に紙で受け付けた方と一致しました" in check.at("whose")
    await settles(town)
    await is_forgotten(town, case.resident)


async def an_account_elsewhere_is_told_of_unless_protected(
    town: Town, clerk: Official, picture: bytes, form: Form
) -> None:
    """Same name and birth date, another address: the account gets nothing, and its owner sees that it was found."""
    ken = await town.resident("ken")
    path = (await brings(clerk, [("a.png", picture)])).goes_to
    await settles(town)
    his = {**form, "version": "1", "f.applicant_name": "鈴木健", "f.applicant_birth_date": "S61.2.14"}
    his["f.applicant_address"] = "世田谷区三軒茶屋1-1-1"
    check = await clerk.sends(f"{path}/check", his)
    assert "住所が違います" in check.at("whose")
    nodes = (await ken.asks("{ viewer { readings(first: 9) { nodes { purpose { ja } who { ja } } } } }"))["viewer"][
        "readings"
    ]
    assert "紙で提出された申請" in str(nodes)
    async with town.house.db.house() as conn:
        hidden = (
            "INSERT INTO protections (id, resident, ward, official, case_number, until, made_at)"
            " SELECT gen_random_uuid(), id, '131121', id, '保護1', current_date + 30, now() FROM residents"
            " WHERE issuer NOT LIKE 'paper:%'"
        )
        await conn.execute(text(hidden))
    again = await clerk.sends(f"{path}/check", his | {"version": check.value("version")})
    assert "一致するアカウントはありません" in again.at("whose")
    thrown = {"version": again.value("version"), **REASON}
    assert (await clerk.sends(f"{path}/throw-away", thrown)).status == 303


async def refused_files(clerk: Official) -> None:
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    for name, body in (("word.png", b"not a picture at all"), ("bomb.png", bomb.getvalue()), ("cut.pdf", b"%PDF-1.4")):
        page = await brings(clerk, [(name, body)])
        assert page.status == 422, (name, page.text)
    tiff = pdf([Image.new("L", (200, 200), "white")] * 13, "TIFF")
    assert (await brings(clerk, [("pile.tif", tiff)])).status == 422, "more pages than are taken"
    assert (await brings(clerk, [])).status == 422
    assert (await brings(clerk, [("a.png", b"x")], received_on="昨日")).status == 422
    assert (await brings(clerk, [("a.png", b"x")], procedure="move_in_notice")).status == 422


async def is_forgotten(town: Town, resident: object) -> None:
    async with town.house.db.house() as conn:
        chained = (
            await conn.execute(text("SELECT channel, corrects IS NULL FROM applications ORDER BY accepted_at"))
        ).all()
        assert [tuple(one) for one in chained] == [("paper", True), ("paper", False)], "one history"
        await conn.execute(
            text("UPDATE cases SET state = 'closed', outcome = 'decided', closed_at = now() - interval '9 days'")
        )
        await conn.execute(
            text("UPDATE residents SET made_at = now() - interval '99 days' WHERE id = :id"), {"id": resident}
        )
        await conn.execute(text("UPDATE paper_intakes SET filed_at = now() - interval '9 days'"))
    await coming_round.come_round(town.house, PaperSettings("", 1.0, 30, 30))
    async with town.house.db.house() as conn:
        assert (await conn.execute(text("SELECT count(*) FROM paper_pages"))).scalar() == 2
        await conn.execute(text("DELETE FROM paper_people"))
    await coming_round.come_round(town.house, PaperSettings("", 1.0, 7, 7))
    async with town.house.db.house() as conn:
        assert (await conn.execute(text("SELECT count(*) FROM paper_pages"))).scalar() == 0
        assert (await conn.execute(text("SELECT count(*) FROM paper_people"))).scalar() == 1, "Ken is found again"
        erased = text("SELECT erase_at IS NOT NULL FROM residents WHERE id = :id")
        assert (await conn.execute(erased, {"id": resident})).scalar() is True
