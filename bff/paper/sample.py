"""Made-up papers to try the intake with: drawn here, of somebody whom the demo city knows."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from bff.paper.drawing import drawn
from bff.paper.form import paper_form
from life_events import Catalogue, Field, FieldKind

PREFERRED: Final = "nursery_status_report"


def pages(catalogue: Catalogue, procedure: str, ward: str, received: date) -> list[bytes]:
    """PNG of each page; raises `NoFont`, and `NoForm` where the procedure has no form."""
    form = paper_form(catalogue, procedure, ward, received)
    values = {field.id: _value(field, received) for field in form.fields.values()}
    found = []
    for picture in drawn(form, values, received=received, ward=catalogue.wards[ward].name.ja):
        written = io.BytesIO()
        picture.save(written, "PNG")
        found.append(written.getvalue())
    return found


def _value(field: Field, received: date) -> object:
    said = _said()
    for key in (field.id, field.term or ""):
        if key in said:
            return said[key]
    if not field.required:
        return None
    first = field.choices[0].value if field.choices else None
    plain: Mapping[FieldKind, object] = {
        FieldKind.CHOICE: first,
        FieldKind.MANY_CHOICE: [first],
        FieldKind.YES_NO: True,
        FieldKind.AGREEMENT: True,
        FieldKind.DATE: max(field.min_date or received, min(received, field.max_date or received)),
        FieldKind.NUMBER: "1" * min(field.max_length or 1, 3),
        FieldKind.PHONE: said["me.phone"],
        FieldKind.KANA: said["me.fullNameKana"],
        FieldKind.POSTAL_CODE: "154-0004",
        FieldKind.MONTH: f"{received.year}年{received.month}月",
    }
    return plain.get(field.kind, "とくにありません")


@cache
def _said() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
