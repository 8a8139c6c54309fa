"""Pages read by the real Tesseract: how much is read rightly, and that nothing wrong is called sure."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from bff.paper import bounded
from bff.paper.reading import Result, read
from bff.paper.tesseract import NotRead, Reader, reader
from life_events import Catalogue, load_catalogue
from tests.paper.drawn import RIGHT, a_letter, in_two_columns, pages, photographed, png, report, turned

ASK_FOR = "no Tesseract with Japanese here: apt-get install tesseract-ocr tesseract-ocr-jpn"


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def tesseract(seconds: float = 60) -> Reader:
    found = reader("tesseract", seconds)
    assert found is not None, ASK_FOR
    return found


async def seen(*pictures: Image.Image) -> Result:
    return await read(tesseract(), [png(one) for one in pictures], report(catalogue()))


def rightly(result: Result, right: Mapping[str, str], asked: Sequence[str] | None = None) -> float:
    """The share of fields that were read rightly, an empty one as empty; nothing sure is wrong."""
    asked = asked or list(result.fields)
    same = {id: _close(" ".join(result.fields[id].typed)) == _close(right.get(id, "")) for id in asked}
    wrong = {id: result.fields[id] for id, is_right in same.items() if not is_right}
    assert all(one.sure != "high" for one in wrong.values()), wrong
    print(f"{sum(same.values())} of {len(same)} rightly; not: {wrong}", file=sys.stderr)
    return sum(same.values()) / len(same)


def _close(text: str) -> str:
    return "".join(text.split())


FIRST = [id for id in RIGHT if id != "agreed"]
"""Fields of the first page."""


async def test_a_clean_print_is_read_whole_and_each_field_says_where() -> None:
    result = await seen(*pages(catalogue()))
    assert rightly(result, RIGHT) == 1
    sure = {id for id, one in result.fields.items() if one.sure == "high"}
    assert sure <= set(RIGHT), "what was left empty was not read"
    assert len(sure) >= len(RIGHT) - 2
    box = result.fields["applicant_address"].box
    assert box is not None
    assert (box.page, result.fields["agreed"].box and result.fields["agreed"].box.page) == (1, 2)
    assert 500 < box.top < 620, "the third row below its heading"
    assert result.fits


async def test_a_page_that_lay_askew_is_put_straight() -> None:
    result = await seen(turned(pages(catalogue())[0], 2.0))
    assert result.pages[0].tilt == pytest.approx(-2.0, abs=0.26)
    assert rightly(result, RIGHT, FIRST) >= 0.9


async def test_a_page_that_lay_upside_down_is_turned() -> None:
    lay = pages(catalogue())[0].crop((0, 0, 1240, 940)).transpose(Image.Transpose.ROTATE_180)
    result = await seen(lay)
    assert (result.pages[0].quarter, result.fits) == (180, True)
    assert rightly(result, RIGHT, [id for id in FIRST if id.startswith(("applicant", "child"))]) >= 0.85


async def test_a_dim_photograph_is_doubted_where_it_is_not_plain() -> None:
    result = await seen(photographed(pages(catalogue())[0]))
    assert rightly(result, RIGHT, FIRST) >= 0.7


async def test_another_paper_in_two_columns_is_told_apart_by_its_headings() -> None:
    result = await seen(in_two_columns())
    there = ["applicant_name", "applicant_kana", "applicant_birth_date", "applicant_phone"]
    there += ["child_name", "child_kana", "child_birth_date"]
    assert rightly(result, {**RIGHT, "applicant_phone": "03-1234-5678"}, there) >= 0.5


async def test_a_wrong_paper_and_an_empty_one_say_so() -> None:
    for picture in (a_letter(), Image.new("L", (1240, 600), "white")):
        result = await seen(picture)
        assert not result.fits
        assert {one.sure for one in result.fields.values()} == {"none"}


async def test_time_and_memory_are_bounded_and_nothing_is_left_running(tmp_path: Path) -> None:
    """A program that hangs, one that eats, and none."""
    marks = tmp_path / "gone-on"
    hangs = tmp_path / "hangs"
    hangs.write_text(f"#!/bin/sh\n(sleep 1.2; : > {marks}) &\nsleep 30\n")
    hangs.chmod(0o755)
    begun = time.monotonic()
    with pytest.raises(NotRead) as slow:
        await Reader(str(hangs), 0.6).tsv(b"")
    assert (slow.value.why, time.monotonic() - begun < 5) == ("too_slow", True)
    eats = f"x = bytearray({bounded.MOST_MEMORY})"
    with pytest.raises(bounded.Failed):
        await bounded.run((sys.executable, "-I", "-S", "-c", eats), b"", seconds=20)
    writes = f"import os; os.write(os.open({str(marks)!r}, os.O_CREAT | os.O_WRONLY), b'x')"
    with pytest.raises(bounded.Failed):
        await bounded.run((sys.executable, "-I", "-S", "-c", writes), b"", seconds=20)
    secrets = await bounded.run((shutil.which("env") or "env",), b"", seconds=20)
    assert {line.partition(b"=")[0] for line in secrets.split()} <= {
        b"PATH",
        b"LANG",
        b"LC_ALL",
        b"TESSDATA_PREFIX",
        b"OMP_THREAD_LIMIT",
    }
    with pytest.raises(NotRead) as missing:
        await Reader(str(tmp_path / "not-there"), 5).tsv(b"")
    assert missing.value.why in ("no_reader", "failed")
    assert (reader("not-there-either", 5), reader("", 5)) == (None, None)
    await asyncio.sleep(max(0.0, 1.5 - (time.monotonic() - begun)))
    assert not marks.exists() or not marks.read_bytes(), "what it had started was killed with it, and writes no file"
