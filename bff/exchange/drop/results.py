"""`*.result.csv` beside a file: what was taken, and of every other line its number, its column and what is wrong."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bff.exchange.drop import letters
from bff.exchange.drop.folder import opened
from bff.exchange.drop.layout import Layout
from bff.exchange.drop.lines import Fault, Span

HEADINGS: Final = ("行", "列", "内容")
ERASED: Final = "（個人番号が含まれていたため、この行を消しました）"


class Results:
    """Written as it goes, so that a file of only wrong lines needs no more memory than one of right ones."""

    def __init__(self, layout: Layout, path: Path) -> None:
        self._layout, self._file = layout, path.open("wb")
        if layout.encoding == "utf-8-sig":
            self._file.write(b"\xef\xbb\xbf")
        self._row(*HEADINGS)

    def wrong(self, line: int, fault: Fault) -> None:
        self._row(str(line), fault.column, fault.text)

    def said(self, text: str) -> None:
        """About the file as a whole."""
        self._row("", "", text)

    def close(self) -> None:
        self._file.close()

    def _row(self, *cells: str) -> None:
        row = io.StringIO()
        csv.writer(row, quoting=csv.QUOTE_ALL, lineterminator="").writerow(map(letters.harmless, cells))
        self._file.write(letters.encoded(row.getvalue(), self._layout.encoding)[0] + self._layout.newline)


def erase(layout: Layout, path: Path, spans: Sequence[Span]) -> None:
    """`spans` hold a 個人番号, which is kept nowhere: the copy that stays has a sentence in their place."""
    unfinished, at = path.with_name(f".{path.name}.tmp"), 0
    with opened(path) as file, unfinished.open("wb") as copy:
        for begin, end in spans:
            copy.write(file.read(begin - at))
            copy.write(letters.encoded(ERASED, layout.encoding)[0] + layout.newline)
            at = file.seek(end)
        shutil.copyfileobj(file, copy)
    unfinished.rename(path)
