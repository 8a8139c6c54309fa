"""Papers drawn by the tests themselves, as they come from a scanner or a phone."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image

from bff.paper.drawing import drawn
from bff.paper.form import paper_form
from tests.town import Town

SETAGAYA = "131121"
RECEIVED = date(2026, 11, 20)
WRITTEN = {
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
RIGHT = {
    id: value.isoformat() if isinstance(value, date) else value for id, value in WRITTEN.items() if value is not True
}


def png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def a_paper(town: Town, procedure: str) -> list[bytes]:
    form = paper_form(town.house.catalogue, procedure, SETAGAYA, RECEIVED)
    return [png(one) for one in drawn(form, WRITTEN, received=RECEIVED, ward="世田谷区")]
