"""She adds pictures and papers to her question: each is used once, hers alone, and opened by the ward with a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from bff import uploads
from tests.ledger.test_questions import readings
from tests.staff.desk import Official
from tests.town import Person, Town
from tests.uploads.test_uploads import a_pdf, a_photo

ASK = (
    "mutation($reading: ID!, $files: [ID!]) { askAboutReading(reading: $reading, kind: QUESTION, text: $text,"
    " files: $files) { __typename ... on Reading { question { files { id mediaType size } } }"
    " ... on FieldsRefused { message { easy } fields { field code } } ... on NotFound { message { easy } } } }"
).replace("$text", '"紙の写しをつけます。"')
COUNT = text("SELECT count(*) FROM uploads")
REASON = {"reason": "質問対応 2026-12"}


async def sends(person: Person, body: bytes) -> str:
    answer = await person.browser.post("/uploads", content=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def asks(person: Person, entry: str, *files: str) -> dict[str, Any]:
    return dict((await person.asks(ASK, reading=entry, files=list(files)))["askAboutReading"])


async def test_a_file_goes_with_one_question_of_hers_and_with_no_other(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await hana.fills_home()
    await ken.fills_home()
    mine, his = await readings(hana), await readings(ken)
    photo, paper, spare = await sends(hana, a_photo()), await sends(hana, a_pdf()), await sends(hana, a_photo())
    of_ken = await sends(ken, a_photo())
    for wrong in ((of_ken,), (photo, photo), (photo, str(uuid4())), (photo, "../x")):
        assert (await asks(hana, mine[0]["id"], *wrong))["fields"] == [{"field": "files", "code": "gone"}]
    assert (await asks(ken, his[0]["id"], photo))["fields"] == [{"field": "files", "code": "gone"}]
    four = (photo, paper, spare, of_ken)
    assert (await asks(hana, mine[0]["id"], *four))["fields"] == [{"field": "files", "code": "too_many"}]

    kept = (await asks(hana, mine[0]["id"], photo, paper))["question"]["files"]
    assert [file["mediaType"] for file in kept] == ["image/jpeg", "application/pdf"], "nothing was kept by the refused"
    for used in (photo, kept[0]["id"]):
        assert (await asks(hana, mine[1]["id"], used))["fields"] == [{"field": "files", "code": "gone"}]
    bound, free = f"/uploads/{kept[1]['id']}", f"/uploads/{spare}"
    assert (await hana.browser.get(bound)).content == a_pdf()
    assert [(await ken.browser.get(path)).status_code for path in (bound, free)] == [404, 404]
    assert [(await ken.browser.delete(path)).status_code for path in (bound, free)] == [404, 404]
    assert (await hana.browser.delete(bound)).status_code == 404, "the ward has it"
    assert [(await hana.browser.delete(free)).status_code for _ in "12"] == [200, 404]
    async with town.house.db.house() as conn:
        await uploads.forget_old(conn, town.house.clock() + timedelta(days=4000))
        assert (await conn.execute(COUNT)).scalar_one() == len(kept), "as long as the question"


async def test_the_ward_opens_each_file_with_its_reason_and_she_sees_each_look(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await asks(hana, (await readings(hana))[0]["id"], await sends(hana, a_photo()), await sends(hana, a_pdf()))
    case_worker = Official(await town.official("staff-minato-caseworker"))
    page = re.findall(r'href="(/staff/questions/[0-9a-f-]+)"', (await case_worker.opens("/staff/questions")).html)[0]
    assert "添付のファイル" not in (await case_worker.opens(page)).html
    file = f"{page}/files/2"
    assert (await case_worker.sends(file, {"reason": ""})).status == 422
    assert (await case_worker.opens(file)).status == 405
    opened = await case_worker.sends(f"{page}/open", REASON)
    assert re.findall(r'action="([^"]+/files/\d)"', opened.html) == [f"{page}/files/1", file]
    got = await case_worker.browser.post(file, data=REASON)
    assert got.content == a_pdf()
    assert got.headers["content-disposition"] == "attachment; filename=kurashimado.pdf"
    assert "sandbox" in got.headers["content-security-policy"]
    assert (got.headers["x-content-type-options"], got.headers["cache-control"]) == ("nosniff", "no-store")
    assert (await case_worker.sends(f"{page}/files/3", REASON)).status == 404
    elsewhere = Official(await town.official("staff-setagaya-caseworker"))
    assert (await elsewhere.sends(file, REASON)).status == 404
    writer = Official(await town.official("staff-minato-writer"))
    assert (await writer.sends(file, REASON)).status == 403
    looked = await readings(hana, kind="LOOKED")
    assert [(one["isRefused"], one["sourceName"]["ja"].endswith("ファイル")) for one in looked] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    for ward in ("131032", "131121"):
        async with town.house.db.ward(ward) as conn:
            assert (await conn.execute(COUNT)).scalar_one() == 0, "no ward reads files but by a question"
