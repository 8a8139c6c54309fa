"""What lies in a ward's folder: odd names, several shown alike, and what is no file at all."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from bff.exchange.drop.folder import Point, finish, found, opened, points, shown
from bff.exchange.drop.layout import WrongLayout
from tests.exchange.drop.test_lines import layout

EXAMPLES = Path(__file__).parents[3] / "infra" / "drop"
A_NUMBER = "123456789018"


@pytest.fixture
def point(tmp_path: Path) -> Point:
    return Point("131032", "statuses", tmp_path, layout())


@pytest.mark.parametrize("name", ["漢" * 84, "漢" * 83 + "?.csv", "a" * 255, "\udcff" * 255])
def test_the_longest_name_a_file_may_have_still_fits_when_its_result_lies_beside_it(point: Point, name: str) -> None:
    id = uuid4()
    for ending in ("", ".result.csv"):
        (point.folder("taking") / f"{id}{ending}").touch()
    finish(point, id, shown(name), "done")
    assert len(list(point.folder("done").iterdir())) == 2


def test_names_with_a_number_are_shown_alike_and_taken_one_after_the_other(point: Point) -> None:
    names = [f"{A_NUMBER}-{count}.csv" for count in (1, 2)]
    for name in [*names, "s.csv"]:
        (point.folder("in") / name).touch()
    assert [one.name for one in found(point)] == [names[0], "s.csv"]
    (point.folder("in") / names[0]).unlink()
    assert [one.name for one in found(point)] == [names[1], "s.csv"]


def test_nothing_of_a_number_is_in_what_is_shown() -> None:
    assert shown(f"{A_NUMBER}.csv") == shown(f"x{A_NUMBER}.csv") == "番号を含む名前"


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="is no file"):
        opened(tmp_path / "pipe")


@pytest.mark.parametrize("kind", ["in", "taking", "done", "failed"])
def test_a_point_whose_folder_is_a_link_elsewhere_is_not_used(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "drop" / "131032" / "statuses"
    place.mkdir(parents=True)
    (place / "layout.toml").write_bytes((EXAMPLES / "statuses.layout.toml").read_bytes())
    assert len(list(points(tmp_path / "drop", {"131032"}))) == 1
    (place / kind).rmdir()
    (tmp_path / "elsewhere").mkdir()
    (place / kind).symlink_to(tmp_path / "elsewhere")
    assert list(points(tmp_path / "drop", {"131032"})) == []
    with pytest.raises(WrongLayout, match=f"{kind}/ is a symbolic link"):
        Point("131032", "statuses", place, layout()).folder(kind)
