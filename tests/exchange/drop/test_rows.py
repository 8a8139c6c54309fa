"""An application as a line for an old system."""

from __future__ import annotations

import msgspec
import pytest

from bff.exchange.drop.layout import Layout
from bff.exchange.drop.rows import row


@pytest.mark.parametrize("typed", ["a\rb", "a\nb", "a\r\nb", "a\x0bb", "a\x85b", "a\u2028b"])
def test_what_was_typed_over_several_lines_stays_one_line_of_fixed_width(typed: str) -> None:
    columns = [
        {"name": "番号", "field": "receipt_number", "width": 4},
        {"name": "答え", "field": "answers.x", "width": 8},
    ]
    described = {"record": "applications", "encoding": "cp932", "form": "fixed", "key": [], "columns": columns}
    line = row(msgspec.convert(described, Layout), {"receipt_number": "KM", "answers.x": typed})
    assert line == b"KM  a b     \r\n"
