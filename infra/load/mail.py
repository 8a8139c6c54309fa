"""A broadcast to a million, and inboxes of small and large cities, measured by `infra.posting`: that may import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final

SMALL: Final = 10_000
LARGE: Final = 1_000_000
FULL: Final = 10_000_000
"""With SIZE=full in the environment."""
Figures = Mapping[str, float]


def measure(url: str, sizes: Sequence[int] = ()) -> list[Figures]:
    full = [FULL] if os.environ.get("SIZE") == "full" else []
    asked = [str(size) for size in sizes or (SMALL, LARGE, *full)]
    told = subprocess.run([sys.executable, "-m", "infra.posting", url, *asked], check=True, capture_output=True)
    return [json.loads(line) for line in told.stdout.decode().splitlines()]


def table(found: Sequence[Figures]) -> str:
    """A column for each size; the aims are those of issue 7, point 9."""
    rows = (
        ("publish, ms (aim 50 for 1,000,000)", "publish_ms", 1.0),
        ("  log written, MB (aim 1)", "log_bytes", 1e-6),
        ("preview of an audience, ms (aim 5)", "preview_ms", 1.0),
        ("  the first one of a process, ms", "preview_first_ms", 1.0),
        ("inbox, pages touched", "pages", 1.0),
        ("  which broadcasts are hers, µs", "member_us", 1.0),
    )
    lines = [f"{'mail room, people':<38}" + "".join(f"{one['people']:>14,}" for one in found)]
    lines += [f"{name:<38}" + "".join(f"{one[key] * by:>14,.2f}" for one in found) for name, key, by in rows]
    grown = found[-1]["pages"] / found[0]["pages"]
    lines.append(f"an inbox touches {grown:.2f} × the pages in the largest of these cities (aim 1.5)")
    return "\n".join(lines)
