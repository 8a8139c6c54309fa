"""The files of a restore: in whole, or those from before; and what is said when only the database is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bff.keeping.files import Coming
from tests.databases import Databases
from tests.keeping.test_drill import Operator, lives, rows_of
from tests.town import Town


@pytest.fixture
def put_by(town: Town, databases: Databases, tmp_path: Path) -> Iterator[Operator]:
    with databases.lent() as other:
        yield Operator(town, other, tmp_path / "put_by")


def test_files_that_cannot_be_put_in_leave_those_that_lay_there(tmp_path: Path) -> None:
    place, gone = tmp_path / "files", tmp_path / "gone"
    place.mkdir()
    (place / "hers").write_text("whole")
    with pytest.raises(OSError, match="gone"):
        Coming(gone, place).take_their_place()
    assert [(file.name, file.read_text()) for file in place.iterdir()] == [("hers", "whole")]
    new = tmp_path / "new"
    new.mkdir()
    Coming(new, place).take_their_place()
    assert [list(place.iterdir()), list(tmp_path.iterdir())] == [[], [place]]


async def test_a_restore_says_what_is_back_when_the_files_are_not(put_by: Operator) -> None:
    await lives(put_by.town)
    backup, files = put_by.backs_up(), put_by.folder / "files"
    files.symlink_to(put_by.folder)
    refused = put_by.restores(backup)
    assert (refused.returncode, "a link or a mount point" in refused.stderr) == (2, True), refused.stderr
    assert await rows_of(put_by.other, "SELECT 1 FROM residents") == [], "before the database was touched"
    files.unlink()
    files.mkdir()
    files.with_name("files.before").write_text("in the way of those that are put aside")
    partly = put_by.restores(backup)
    assert (partly.returncode, "the database is back, the files are not" in partly.stderr) == (3, True), partly.stderr
    assert len(await rows_of(put_by.other, "SELECT 1 FROM residents")) == 1
    files.with_name("files.before").unlink()
    again = put_by.restores(backup, "--replace")
    assert (again.returncode, (files / "whole" / "a-file-for-her-ward").exists()) == (0, True), again.stderr
