"""The ward's record looked through: by whom, what, when and words; taken away, and the looking itself kept in it."""

from __future__ import annotations

import csv
import io

from sqlalchemy import text

from tests.accounts.people import sends
from tests.administration.test_catalogue import HOW, asks, own, writes
from tests.town import Town


async def test_who_did_what_is_found_and_taken_away_and_that_is_kept_too(town: Town) -> None:
    writer, auditor = await town.official("staff-minato-writer"), await town.official("staff-minato-auditor")
    await asks(writer, await writes(writer, **own(HOW)))
    await sends(writer, "/staff/admin/onboarding/stage/live")
    elsewhere = await town.official("staff-setagaya-writer")
    await writes(elsewhere, **own(HOW))

    found = (await auditor.get("/staff/audit", params={"act": "catalogue_write", "words": "医療証"})).text
    assert found.count("<td>手続きの内容の下書きを書く</td>") == 1, "of this ward alone"
    refused = (await auditor.get("/staff/audit", params={"outcome": "refused"})).text
    assert "<td>区の立ち上げを進める</td>" in refused
    assert "<td>手続きの内容の下書きを書く</td>" not in refused
    assert "当たる記録はありません" in (await auditor.get("/staff/audit", params={"until": "2020-01-01"})).text

    taken = await auditor.get("/staff/audit.csv", params={"act": "catalogue_write"})
    assert taken.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert (rows[0][1], [row[2] for row in rows[1:]]) == ("職員", ["手続きの内容の下書きを書く"])
    own_acts = (await auditor.get("/staff/audit")).text
    assert own_acts.count("<td>区の記録をさがす</td>") == 3
    assert own_acts.count("<td>区の記録をCSVで保存する</td>") == 1


async def test_what_cannot_be_asked_is_said_and_not_kept(town: Town) -> None:
    auditor, writer = await town.official("staff-minato-auditor"), await town.official("staff-minato-writer")
    for query, told in (
        ({"words": "123456789018"}, "個人番号"),
        ({"since": "きのう"}, "2026-12-01"),
        ({"until": "9999-12-31"}, "2026-12-01"),
        ({"since": "0001-01-01"}, "2026-12-01"),
        ({"since": "2026-12-02", "until": "2026-12-01"}, "最初の日以降"),
    ):
        answer = await auditor.get("/staff/audit", params=query)
        assert (answer.status_code, told in answer.text) == (422, True), query
    assert (await auditor.get("/staff/audit", params={"act": "nothing"})).status_code == 404
    assert "<td>区の記録をさがす</td>" not in (await auditor.get("/staff/audit")).text
    assert (await writer.get("/staff/audit.csv")).status_code == 403


async def test_more_than_a_sheet_holds_is_not_cut_off_but_refused(town: Town) -> None:
    auditor = await town.official("staff-minato-auditor")
    line = text(
        "INSERT INTO staff_log (at, ward, official_name, act, outcome, about, reason)"
        " SELECT now(), '131032', '森', 'catalogue_write', 'done', '', '' FROM generate_series(1, :many)"
    )
    async with town.house.db.house() as conn:
        await conn.execute(line, {"many": 20_000})
    whole = await auditor.get("/staff/audit.csv", params={"act": "catalogue_write"})
    assert (whole.status_code, whole.text.count("森")) == (200, 20_000)
    async with town.house.db.house() as conn:
        await conn.execute(line, {"many": 1})
    refused = await auditor.get("/staff/audit.csv", params={"act": "catalogue_write"})
    assert (refused.status_code, "20000件を超える" in refused.text) == (422, True)
