"""The page to look through the pictures with: one file, opened from the disk, that needs no server."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

TEMPLATE = Path(__file__).with_suffix(".html")


@dataclass(frozen=True)
class Shot:
    """`verdict`: same, changed, new; `ratio`: the share of pixels that changed since the set a person reviewed."""

    screen: str
    language: str
    theme: str
    size: str
    now: str
    verdict: str
    ratio: float
    reviewed: str = ""
    marked: str = ""
    settled: bool = True


def write(shots: list[Shot], absent: list[str], to: Path) -> None:
    """`absent`: the screens that could not be pictured, each with why."""
    told = json.dumps({"shots": [asdict(shot) for shot in shots], "absent": absent}, ensure_ascii=False)
    page = TEMPLATE.read_text(encoding="utf-8").replace("/*TOLD*/", told.replace("<", "\\u003c"))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(page, encoding="utf-8")
