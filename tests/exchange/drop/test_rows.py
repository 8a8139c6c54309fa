"""An application as a line for an old system."""

from __future__ import annotations

import msgspec
import pytest

from bff.exchange.drop.layout import Layout
from bff.exchange.drop.rows import Unfit, row


@pytest.mark.parametrize("typed", ["a\rb", "a\nb", "a\r\nb", "a\x0bb", "a\x85b", "a\u2028b"])
def test_what_was_typed_over_several_lines_stays_one_line_of_fixed_width(typed: str) -> None:
    columns = [
        {"name": "番号", "field": "receipt_number", "width": 4},
        {"name": "答え", "field": "answers.x", "width": 8},
    ]
    described = {"record": "applications", "encoding": "cp932", "form": "fixed", "key": [], "columns": columns}
    line = row(msgspec.convert(described, Layout), {"receipt_number": "KM", "answers.x": typed})
    assert line == b"KM  a b     \r\n"


def cells(typed: str, type: str = "text", **changed: object) -> bytes:
    columns = [{"name": "番号", "field": "receipt_number"}, {"name": "答え", "field": "answers.x", "type": type}]
    described = {"record": "applications", "encoding": "utf-8", "form": "csv", "key": [], "columns": columns, **changed}
    return row(msgspec.convert(described, Layout), {"receipt_number": "KM", "answers.x": typed})


@pytest.mark.parametrize("typed", ["=1+1", "+cmd", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_what_was_typed_is_no_formula_in_the_wards_spreadsheet(typed: str) -> None:
    assert cells(typed) == f'"KM","\'{typed}"\r\n'.encode()
    assert cells(typed, "number") == cells(typed, "phone") == cells(typed)
    assert cells(typed, formulas="keep") == f'"KM","{typed}"\r\n'.encode()


@pytest.mark.parametrize(
    ("typed", "type"), [("-1200", "number"), ("+3.5", "number"), ("+81-3-1234-5678", "phone"), ("03-1234-5678", "text")]
)
def test_a_sign_before_a_number_is_part_of_it(typed: str, type: str) -> None:
    assert cells(typed, type) == f'"KM","{typed}"\r\n'.encode()


def test_the_apostrophe_counts_in_what_the_column_may_hold() -> None:
    columns = [{"name": "番号", "field": "receipt_number"}, {"name": "答え", "field": "answers.x", "longest": 4}]
    with pytest.raises(Unfit, match="4字"):
        cells("=1+1", columns=columns)
