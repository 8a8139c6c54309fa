"""All connectors as one table in Markdown, which the README of the connectors holds between two marks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from unicodedata import east_asian_width

from bff.connectors.listed import CONNECTORS
from bff.connectors.manifest import Manifest

HEADS: Final = ("id", "folder", "name", "operator", "class", "exposure", "interface", "kept", "law", "service")
BEGIN: Final = "<!-- connectors: python -m bff connector list --write -->"
END: Final = "<!-- connectors end -->"


def table(manifests: Iterable[Manifest], *, aligned: bool) -> str:
    """A line each. `class` is the study's, `kept` in hours, `law` the confidence of the citation."""
    folders = {kind.manifest.id: kind.__module__.split(".")[2] for kind in CONNECTORS}
    # The kit calls the folder of a new one by its id.
    rows = [HEADS, *(_row(one, folders.get(one.id, one.id)) for one in manifests)]
    wide = [max(map(_width, column)) if aligned else 0 for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(_padded, row, wide)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * max(width + 2, 3) for width in wide) + "|", *lines[1:]])


def readme(root: Path) -> Path:
    return root / "bff" / "connectors" / "README.md"


def renewed(text: str, manifests: Iterable[Manifest]) -> str:
    """The README with the table as it is now; raises `ValueError` when its marks are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"bff/connectors/README.md has lost its marks: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{table(manifests, aligned=False)}\n{END}{after}"


def _row(manifest: Manifest, folder: str) -> tuple[str, ...]:
    return (
        manifest.id,
        folder,
        manifest.name.ja,
        manifest.operator,
        str(manifest.study_class or "–"),
        manifest.exposure,
        "public" if manifest.is_public else "neutral",
        str(manifest.keep_hours) if manifest.keep_hours else "–",
        manifest.legal.confidence,
        manifest.service or "–",
    )


def _width(text: str) -> int:
    """In columns of a terminal: full-width characters take two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
