"""A ward on an old system: its files of states reach the residents, and applications reach it as a file."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from bff.exchange.evidence.verifying import verify
from bff.exchange.message_log import LOG_IS_KEPT
from bff.journeys import drops, evidence
from infra.sandbox.old_ward import OldWard
from tests.family.people import does
from tests.inlet.test_applications import READINGS, returned, stands
from tests.inlet.ward import incoming, sent_by_hana
from tests.tasks.test_parts import DO, EMPLOYER, asks, wants_a_place
from tests.town import Outside, Person, Town, settle
from tests.uploads.test_uploads import a_photo

MINATO = "131032"
EXAMPLES = Path(__file__).parents[2] / "infra" / "drop"


async def ward_on_files(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> Town:
    """Minato is on an old system, with the two layouts that lie in infra/drop."""
    await outside.everything_answers()
    for point in ("statuses", "applications"):
        folder = tmp_path / "drop" / MINATO / point
        folder.mkdir(parents=True)
        (folder / "layout.toml").write_text((EXAMPLES / f"{point}.layout.toml").read_text("utf-8"), "utf-8")
    return Town(settle(database_url, outside, keys, tmp_path, DROP=str(tmp_path / "drop")))


@pytest.fixture
async def town(database_url: str, outside: Outside, keys: Path, tmp_path: Path) -> AsyncIterator[Town]:
    built = await ward_on_files(database_url, outside, keys, tmp_path)
    yield built
    await built.close()


def ward(town: Town) -> OldWard:
    assert town.settings.drop is not None
    return OldWard(town.settings.drop / MINATO)


async def looks(town: Town) -> None:
    await drops.look_round(town.house)
    await town.promises_are_kept()


async def test_her_application_goes_out_as_a_line_and_what_the_ward_does_with_it_comes_back(town: Town) -> None:
    hana, receipt = await sent_by_hana(town, a_photo())
    await town.promises_are_kept()
    await looks(town)
    old = ward(town)
    (row,) = old.collects()
    photograph = old.folder("applications") / "out" / f"{receipt}-1-living_apart.jpeg"
    assert photograph.read_bytes().startswith(b"\xff\xd8\xff"), "her photograph lies beside the line"
    assert (row["添付の数"], row["添付のファイル名"]) == ("1", photograph.name)
    assert row["添付のハッシュ値"] == sha256(photograph.read_bytes()).hexdigest()
    assert (row["受付番号"], row["手続"], row["申請者氏名"]) == (receipt, "child_allowance_change", "佐藤 はな")
    assert (await stands(hana))[0] == "QUEUED"
    old.drops("s1.csv", [(receipt, "01", "131032-1", ""), ("KM-131032-20200101-000009", "02", "", "")])
    await looks(town)
    assert await stands(hana) == ("RECEIVED", None)
    old.drops(
        "s2.csv", [(receipt, "03", "131032-1", "続柄を10時〜12時に確認します。", "氏名、claimant_birth_date;朝の印")]
    )
    await looks(town)
    assert await stands(hana) == ("SENT_BACK", "続柄を10時〜12時に確認します。")
    assert await returned(hana) == [
        ("claimant_name", "続柄を10時〜12時に確認します。"),
        ("claimant_birth_date", "続柄を10時〜12時に確認します。"),
        ("", "「朝の印」続柄を10時〜12時に確認します。"),
    ], "her form opens with those marked; what it does not know concerns the whole"
    assert old.result("s1.csv")[1:] == [
        ["3", "", "この受付番号の申請は、この区にありません。"],
        ["", "", "2行のうち1行を取り込みました。"],
    ]
    newest = (await hana.asks(READINGS))["viewer"]["readings"]["nodes"][0]
    assert (newest["incoming"], newest["sourceName"]["ja"]) == (True, "港区からの連絡（申請の状況）")
    assert old.left() == []


async def test_what_an_employer_wrote_lies_beside_the_line(town: Town) -> None:
    hana, nobody = await town.resident("hana"), Person(town.browser())
    step, answers = await wants_a_place(hana)
    employer = await asks(town, hana, step["id"], "employment", "みどり商事")
    await hana.sends(step, answers)
    await does(nobody, DO, code=employer["code"], answers={**EMPLOYER, "remarks": "=1+1"})
    await town.promises_are_kept()
    await looks(town)
    (row,) = ward(town).collects()
    sheet = ward(town).folder("applications") / "out" / row["添付のファイル名"]
    assert row["添付のハッシュ値"] == sha256(sheet.read_bytes()).hexdigest()
    with sheet.open(encoding="cp932", newline="") as file:
        written = dict(csv.reader(file))
    assert (written["書類"], written["記入した人"]) == ("就労証明書", "みどり商事")
    assert (written["証明書発行事業所名"], written["備考"]) == ("みどり商事株式会社", "'=1+1")


async def test_a_file_that_may_still_be_growing_waits_and_one_taken_before_changes_nothing(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    old = ward(town)
    old.drops("s1.csv", [(receipt, "02", "", "")], end_mark=False)
    await looks(town)
    assert old.left() == ["s1.csv"]
    old.ends("s1.csv")
    await looks(town)
    assert old.left() == []
    old.drops("again.csv", [(receipt, "02", "", "")])
    await looks(town)
    assert "すでに取り込みました" in old.result("again.csv")[1][2]
    async with town.house.db.house() as conn:
        states = await conn.execute(text("SELECT name, state, good FROM drop_files ORDER BY seen_at"))
        assert [tuple(row) for row in states] == [("s1.csv", "taken", 1), ("again.csv", "again", 0)]


async def test_without_an_end_mark_a_file_is_whole_when_it_has_not_changed_for_a_while(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    old = ward(town)
    layout = old.folder("statuses") / "layout.toml"
    layout.write_text(layout.read_text("utf-8").replace('end_mark = ".end"', 'end_mark = ""'), "utf-8")
    old.drops("s.csv", [(receipt, "02", "", "")], end_mark=False)
    for _ in range(2):
        await looks(town)
        assert old.left() == ["s.csv"]
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE drop_files SET seen_at = seen_at - interval '30 seconds'"))
    whole = (old.folder("statuses") / "in" / "s.csv").read_bytes()
    (old.folder("statuses") / "in" / "s.csv").write_bytes(whole + whole.splitlines(keepends=True)[1][:9])
    await looks(town)
    assert old.left() == ["s.csv"]
    (old.folder("statuses") / "in" / "s.csv").write_bytes(whole)
    await looks(town)
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE drop_files SET seen_at = seen_at - interval '30 seconds'"))
    await looks(town)
    assert (await stands(hana))[0] == "CHECKING"


async def test_a_number_that_may_exist_nowhere_is_in_no_copy(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    old = ward(town)
    old.drops("s.csv", [(receipt, "02", "", "1234-5678-9018"), (receipt, "03", "", "")])
    old.drops("bad.csv", [(receipt, "02", "", "123456789018")], header="ちがう,見出し,で,す")
    await looks(town)
    for path in town.settings.drop.rglob("*"):  # type: ignore[union-attr]
        if path.is_file():
            assert b"9018" not in path.read_bytes(), path
    assert [row["outcome"] for row in await incoming(town)] == ["refused", "answered", "answered"]
    assert "9018" not in str(await incoming(town))
    assert "2行のうち1行" in old.result("s.csv")[-1][2]
    assert old.result("bad.csv", "failed")[1][2].startswith("見出しの行がレイアウトと違います")


async def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_ends_it(town: Town) -> None:
    hana, receipt = await sent_by_hana(town)
    old = ward(town)
    old.drops("s.csv", [(receipt, "02", "", "見ています")])
    (point,) = [one for one in drops.points(town.house) if one.layout.incoming]
    async with town.house.db.house() as conn:
        (found,) = drops.folder.found(point)
        id = await drops.files.sight(conn, point, found, town.house.clock(), town.house.new_id)
    assert id is not None
    assert drops.folder.begin(point, found.name, id)
    await looks(town)
    assert await stands(hana) == ("CHECKING", "見ています")
    assert "1行のうち1行" in old.result("s.csv")[-1][2]


async def test_links_folders_and_hidden_files_are_not_looked_into(town: Town, tmp_path: Path) -> None:
    old = ward(town)
    inside = old.folder("statuses") / "in"
    inside.mkdir(exist_ok=True)
    (tmp_path / "secret").write_text("x")
    (inside / "link.csv").symlink_to(tmp_path / "secret")
    (inside / "folder.csv").mkdir()
    (inside / ".hidden.csv").write_text("x")
    for name in ("link.csv", "folder.csv", ".hidden.csv"):
        (inside / f"{name}.end").touch()
    await looks(town)
    async with town.house.db.house() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM drop_files")) == 0


async def test_the_evidence_of_a_dropped_file_is_whole_and_old_files_go(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    old = ward(town)
    old.drops("s.csv", [(receipt, "02", "", "")])
    await looks(town)
    await evidence.seal(town.house)
    now = town.house.clock()
    async with town.house.db.house() as conn:
        report = await verify(conn, (), before=now - timedelta(minutes=5), forgotten=now - LOG_IS_KEPT)
    assert "record" not in " ".join(str(fault.what) for fault in report.faults)
    done = list((old.folder("statuses") / "done").iterdir())
    assert len(done) == 2
    long_ago = time.time() - 40 * 86400
    for path in done:
        os.utime(path, (long_ago, long_ago))
    (point,) = [one for one in drops.points(town.house) if one.layout.incoming]
    assert drops.folder.forget_older(point, now) == 2


async def test_a_layout_that_cannot_be_used_hinders_no_other(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    old = ward(town)
    (old.folder("applications") / "layout.toml").write_text("record = 1")
    old.drops("s.csv", [(receipt, "02", "", "")])
    await looks(town)
    assert old.left() == []


async def test_what_does_not_fit_waits_and_is_told_until_the_layout_is_changed(town: Town) -> None:
    await sent_by_hana(town)
    old = ward(town)
    layout = old.folder("applications") / "layout.toml"
    whole = layout.read_text("utf-8")
    layout.write_text(whole.replace('field = "applicant.name"\n', 'field = "applicant.name"\nlongest = 2\n'), "utf-8")
    await town.promises_are_kept()
    await looks(town)
    assert not (old.folder("applications") / "out").exists()
    watanabe = await town.official("staff-minato-writer")
    assert "「申請者氏名」が2字を超えています" in (await watanabe.get("/staff/exchanges")).text
    await looks(town)
    layout.write_text(whole, "utf-8")
    await looks(town)
    assert len(old.collects()) == 1
    assert "書き出せない" not in (await watanabe.get("/staff/exchanges")).text


async def test_a_number_in_a_name_is_shown_nowhere_and_two_odd_names_are_two_files(town: Town) -> None:
    _, receipt = await sent_by_hana(town)
    old = ward(town)
    for name in ("123456789018.csv", "a b.csv", "a?b.csv"):
        old.drops(name, [(receipt, "02", "", name[1:2])])
    await looks(town)
    assert old.left() == []
    async with town.house.db.house() as conn:
        names = (await conn.execute(text("SELECT name FROM drop_files"))).scalars().all()
    assert len(set(names)) == 3
    assert "9018" not in " ".join([*names, *(path.name for path in old.root.rglob("*"))])
