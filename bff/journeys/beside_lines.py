"""What lies beside a line of a file for a ward on an old system: photographs, and what others wrote, each a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from bff.connectors.ward_counter.mapping import Attachment
from bff.exchange.drop import rows
from bff.exchange.drop.layout import Column, Layout
from bff.tasks.joining import Added

TOKYO = ZoneInfo("Asia/Tokyo")
T = TypeVar("T")


@dataclass(frozen=True)
class Beside:
    """`digest`: SHA-256 of the content, hex, so that the ward can tell whether it has the whole."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def beside(layout: Layout, receipt: str, papers: Sequence[Attachment], parts: Sequence[Added]) -> tuple[Beside, ...]:
    """Under the receipt number, photographs first."""
    named = [(f"{place}-{one.paper}.{one.media_type.rpartition('/')[2]}", one.content) for place, one in _each(papers)]
    named += [(f"{place}-{one.part}.csv", _sheet(layout, one)) for place, one in _each(parts, after=len(papers))]
    return tuple(Beside(f"{receipt}-{name}", content) for name, content in named)


def told(files: Sequence[Beside]) -> dict[str, object]:
    """Columns of the line, in the order of the names."""
    return {
        "files.count": len(files),
        "files.names": " ".join(one.name for one in files),
        "files.digests": " ".join(one.digest for one in files),
    }


def _each(those: Sequence[T], after: int = 0) -> Sequence[tuple[int, T]]:
    return list(enumerate(those, after + 1))


def _sheet(layout: Layout, one: Added) -> bytes:
    """Label and entry, a row each, in the ward's own encoding, whatever the form of its lines is."""
    columns = (Column("項目", "label"), Column("記入", "entry"))
    sheet = Layout(
        record="applications",
        encoding=layout.encoding,
        form="csv",
        key=(),
        columns=columns,
        formulas=layout.formulas,
        line_end=layout.line_end,
    )
    written = one.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
    lines = [("書類", one.title.ja), ("記入した人", one.by), ("記入日時", written)]
    lines += [(label.ja, value.ja) for label, value in one.entries]
    return rows.header(sheet) + b"".join(rows.row(sheet, {"label": label, "entry": entry}) for label, entry in lines)
