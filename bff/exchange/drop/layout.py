"""`layout.toml` of a drop point: how its files are written, and which part of which record each column is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from bff.exchange.incoming.manifest import MOST_BYTES

LAYOUT: Final = "layout.toml"
STATUS_FIELDS: Final = {"receipt_number": True, "state": True, "number": False, "note": False, "fields": False}
"""What a line about an application may say, and whether it must."""
STATES: Final = ("received", "checking", "sent_back", "decided", "rejected", "withdrawn")
APPLICATION_FIELDS: Final = re.compile(
    r"(key|receipt_number|procedure|procedure_name|version|completed_at|accepted_at"
    r"|applicant\.(name|address|birth_date|id)|on_behalf\.(name|kind)"
    r"|signed|signature\.(algorithm|digest_algorithm|digest|value|verification|result|checked_at|stamped_at)"
    r"|files\.(count|names|digests)"
    r"|answers\.[a-z0-9_]{1,60})"
)

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class WrongLayout(ValueError):
    """A layout that cannot be used, and what is wrong with it."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: its heading, and how results call it. `width`: bytes in the layout's encoding, for fixed widths.

    `codes`: the old system's code to what it means here (on the way out: what it means to the code).
    """

    name: Name
    field: Name
    type: Literal["text", "code", "number", "phone", "date"] = "text"
    width: Annotated[int, msgspec.Meta(ge=0, le=4000)] = 0
    required: bool = False
    longest: Annotated[int, msgspec.Meta(ge=1, le=2000)] = 2000
    codes: dict[str, str] = {}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`end_mark`: a file NAME is whole when NAME + `end_mark` lies beside it; '': when it has not grown for a while.

    `formulas`: a cell of CSV that a spreadsheet would reckon with gets an apostrophe (`guard`), or stays as it is.
    """

    record: Literal["application_status", "applications"]
    encoding: Literal["cp932", "utf-8", "utf-8-sig"]
    form: Literal["csv", "fixed"]
    key: tuple[str, ...]
    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1, max_length=200)]
    header: bool = True
    formulas: Literal["guard", "keep"] = "guard"
    dates: Literal["iso", "compact", "slash", "wareki"] = "iso"
    line_end: Literal["crlf", "lf"] = "crlf"
    end_mark: Annotated[str, msgspec.Meta(pattern=r"^(\.[A-Za-z0-9]{1,10})?$")] = ""
    largest: Annotated[int, msgspec.Meta(ge=1, le=2 * MOST_BYTES)] = 2 * MOST_BYTES
    most_lines: Annotated[int, msgspec.Meta(ge=1, le=200_000)] = 100_000

    @property
    def incoming(self) -> bool:
        return self.record == "application_status"

    @property
    def record_bytes(self) -> int:
        return sum(column.width for column in self.columns)

    @property
    def newline(self) -> bytes:
        return b"\r\n" if self.line_end == "crlf" else b"\n"


def layout_of(path: Path) -> Layout:
    """Raises `WrongLayout`, also for a file that cannot be read."""
    try:
        layout = msgspec.toml.decode(path.read_bytes(), type=Layout)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise WrongLayout(f"{path.name}: {wrong}") from wrong
    if wrongs := list(_faults(layout)):
        raise WrongLayout("; ".join(wrongs))
    return layout


def _faults(layout: Layout) -> list[str]:
    fields = [column.field for column in layout.columns]
    wrong = [f"{name} stands twice" for name in _twice(fields) if layout.incoming]
    wrong += [f"the heading {name} stands twice" for name in _twice([column.name for column in layout.columns])]
    wrong += [f"the key {name} is no column" for name in layout.key if name not in fields]
    if layout.form == "fixed":
        wrong += [f"{column.name} has no width" for column in layout.columns if not column.width]
    if layout.form == "fixed" and layout.encoding == "utf-8-sig":
        wrong.append("a fixed layout has no byte order mark")
    return wrong + (_faults_of_statuses(layout) if layout.incoming else _faults_of_applications(layout))


def _faults_of_statuses(layout: Layout) -> list[str]:
    by_field = {column.field: column for column in layout.columns}
    wrong = [f"no column is {name}" for name, needed in STATUS_FIELDS.items() if needed and name not in by_field]
    wrong += [f"{name} is no part of a status" for name in by_field if name not in STATUS_FIELDS]
    wrong += [f"{name} must be required" for name, needed in STATUS_FIELDS.items()
              if needed and name in by_field and not by_field[name].required]  # fmt: skip
    state = by_field.get("state")
    if state is not None and (state.type != "code" or not state.codes):
        wrong.append('state needs type = "code" and its codes')
    elif state is not None:
        wrong += [f"{meaning} is no state" for meaning in state.codes.values() if meaning not in STATES]
    return wrong


def _faults_of_applications(layout: Layout) -> list[str]:
    fields = [column.field for column in layout.columns]
    wrong = [f"{name} is no part of an application" for name in fields if not APPLICATION_FIELDS.fullmatch(name)]
    return wrong + ([] if "receipt_number" in fields else ["no column is receipt_number"])


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
