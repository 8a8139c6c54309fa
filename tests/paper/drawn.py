"""Papers drawn by the tests themselves, as they come from a scanner or a phone."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from bff.paper.drawing import FONTS, HEIGHT, WIDTH, drawn
from bff.paper.form import paper_form
from bff.paper.sample import PREFERRED
from life_events import Catalogue, Form
from notifications.jobs import JAPAN

SETAGAYA, REPORT = "131121", PREFERRED
RECEIVED = datetime.now(JAPAN).date() - timedelta(days=7)
"""The day of the stamp: a week ago, whenever the tests are run."""
WRITTEN: Mapping[str, object] = {
    "applicant_name": "鈴木 健",
    "applicant_kana": "スズキ ケン",
    "applicant_birth_date": date(1986, 2, 14),
    "applicant_address": "東京都世田谷区太子堂四丁目2番7号",
    "applicant_phone": "090-1234-5678",
    "child_name": "鈴木 りく",
    "child_kana": "スズキ リク",
    "child_birth_date": date(2024, 9, 25),
    "reason": "work",
    "work_hours": "160",
    "household_change": "6月に転職しました。勤務先が渋谷区になりました。",
    "agreed": True,
}
RIGHT = {id: "yes" if one is True else one.isoformat() if isinstance(one, date) else one for id, one in WRITTEN.items()}
"""As it is typed into the form."""
MIYO: Mapping[str, object] = {**WRITTEN, "applicant_name": "山田 みよ", "applicant_kana": "ヤマダ ミヨ"}
"""Somebody of whom no account is known."""


def report(catalogue: Catalogue) -> Form:
    return paper_form(catalogue, REPORT, SETAGAYA, RECEIVED)


def pages(catalogue: Catalogue, written: Mapping[str, object] = WRITTEN) -> list[Image.Image]:
    return drawn(report(catalogue), written, received=RECEIVED, ward="世田谷区")


def png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=1)
    return written.getvalue()


def pdf(pictures: Sequence[Image.Image], kind: str = "PDF") -> bytes:
    """Or a TIFF of several pages."""
    written = io.BytesIO()
    how: dict[str, object] = {"resolution": 150} if kind == "PDF" else {"compression": "tiff_lzw"}
    first, *others = (one.copy() for one in pictures)
    first.save(written, kind, save_all=True, append_images=others, **how)
    return written.getvalue()


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """As it lay on the glass."""
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def photographed(picture: Image.Image) -> Image.Image:
    """By hand in a dim room: grey, grainy, a little out of focus, darker to one side."""
    random.seed(7)
    grey = picture.point(lambda light: 90 + light * 100 // 255)
    grainy = Image.blend(grey, Image.effect_noise(picture.size, 36), 0.2)
    shade = Image.linear_gradient("L").resize(picture.size).point(lambda light: 130 + light * 125 // 255)
    return ImageChops.multiply(grainy, shade).filter(ImageFilter.GaussianBlur(0.7))


def in_two_columns() -> Image.Image:
    """Another ward's paper: who applies to the left, the child to the right, each value below or beside its label."""
    picture = Image.new("L", (WIDTH, HEIGHT // 2), "white")
    pen, font = ImageDraw.Draw(picture), next(file for file in FONTS if _is_there(file))
    letters = ImageFont.truetype(font, 28)

    def column(left: int, rows: Sequence[tuple[str, str]]) -> None:
        for number, (label, value) in enumerate(rows):
            top = 120 + number * 110
            pen.rectangle((left, top, left + 530, top + 84), outline="#444444", width=2)
            pen.line((left + 190, top, left + 190, top + 84), "#444444", 2)
            pen.text((left + 14, top + 26), label, "black", letters)
            pen.text((left + 214, top + 26), value, "black", letters)

    pen.text((60, 50), "申請する方", "black", letters)
    pen.text((660, 50), "お子さん", "black", letters)
    column(60, [("フリガナ", "すずき けん"), ("お名前", "鈴木 健"), ("生年月日", "S61.2.14"), ("電話", "03(1234)5678")])
    column(660, [("ふりがな", "すずき りく"), ("児童氏名", "鈴木 りく"), ("児童生年月日", "R6.9.25")])
    return picture


def a_letter(last: str = "軍手をお持ちください。") -> Image.Image:
    """No form at all."""
    picture = Image.new("L", (WIDTH, 500), "white")
    letters = ImageFont.truetype(next(file for file in FONTS if _is_there(file)), 30)
    for number, line in enumerate(("町会からのお知らせ", "日曜日の朝八時から公園の掃除をします。", last)):
        ImageDraw.Draw(picture).text((80, 80 + number * 70), line, "black", letters)
    return picture


def _is_there(file: str) -> bool:
    from pathlib import Path

    return Path(file).is_file()
