"""What was gathered as one file: `data.json` for programs, `data.html` to read, and the files themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bff.takeout.gathering import Gathered, say
from bff.texts import on_the_wire

SCHEMA: Final = "kurashimado-mydata-1"
JAPAN: Final = ZoneInfo("Asia/Tokyo")


def packed(gathered: Gathered, *, name: str, language: str, now: datetime) -> bytes:
    """Some time for who holds much: to be called in a thread."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", msgspec.json.format(msgspec.json.encode(_machine(gathered, name, now)), indent=1))
        pack.writestr("data.html", _page(gathered, name, language, now))
        for path, content in gathered.files.items():
            pack.writestr(path, content)
    return out.getvalue()


def _machine(gathered: Gathered, name: str, now: datetime) -> Mapping[str, Any]:
    tables = {
        one.table: {
            "title": on_the_wire(one.title),
            "rows": one.rows,
            "withheld": on_the_wire(one.withheld) if one.withheld else None,
            "stays": {"why": on_the_wire(one.stays), "until": one.until} if one.stays else None,
        }
        for one in gathered.sections
    }
    return {"schema": SCHEMA, "for": name, "made_at": now, "tables": tables}


def _page(gathered: Gathered, name: str, language: str, now: datetime) -> str:
    def said(key: str, **values: str) -> str:
        return say(key, **values).in_language(language)

    page: str = _template().render(
        name=name,
        lead="lead" if gathered.ward is None else "lead_of_ward",
        language="ja" if language == "easy" else language,
        reads=language,
        made_at=now,
        holds=[one for one in gathered.sections if one.rows or one.withheld],
        stays=[one for one in gathered.sections if one.stays],
        nothing=[one for one in gathered.sections if not one.rows and not one.withheld],
        said=said,
        label=lambda column: _label(column, language),
        written=_written,
    )
    return page


@cache
def _template() -> Any:
    here = FileSystemLoader(Path(__file__).parent)
    made = Environment(loader=here, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("data.html")


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    import tomllib

    read: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
    return read


def _label(column: str, language: str) -> str:
    """What no label is known for stands as programs call it."""
    found = _labels().get(column)
    if found is None:
        return column.replace("_", " ")
    return found["ja"] if language in ("ja", "easy") else found["en"]


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(JAPAN):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "✓" if value else "—"
    return value.isoformat() if isinstance(value, date | time) else str(value)
