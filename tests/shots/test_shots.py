"""`make shots`: no room of the app is left out, and what changed since somebody looked is found and marked."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from infra.shots.album import Shot, write
from infra.shots.compare import changed
from infra.shots.screens import APP, unpictured


def test_no_room_of_the_app_is_left_unpictured() -> None:
    app = APP.read_text(encoding="utf-8")
    assert unpictured(app) == set()
    assert unpictured(f"{app} case 'attic':") == {"attic"}


def test_a_picture_that_grew_and_one_that_is_the_same(tmp_path: Path) -> None:
    before, after, marked = tmp_path / "before.png", tmp_path / "after.png", tmp_path / "red" / "marked.png"
    Image.new("RGB", (10, 10), "white").save(before)
    Image.new("RGB", (10, 10), "white").save(after)
    assert changed(after, before, marked) == 0
    assert not marked.exists()
    grown = Image.new("RGB", (10, 20), "white")
    grown.save(after)
    assert changed(after, before, marked) == 0.5
    with Image.open(marked) as shown:
        assert shown.size == (10, 20)
        assert shown.getpixel((5, 15)) == (206, 0, 0)


def test_the_album_carries_no_tag_of_a_name(tmp_path: Path) -> None:
    shot = Shot("</script>home", "ja", "dark", "200", "now/home.png", "new", 0.0)
    write([shot], ["folders: nothing leads there"], tmp_path / "index.html")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 1
    assert "nothing leads there" in page
