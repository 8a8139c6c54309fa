"""`python -m infra.load morning | disaster | day`: what the house does when everybody comes; kept in RESULTS.md."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from infra.load import day, rush
from infra.load.bench import machine

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.load", description=__doc__)
    parser.add_argument("what", choices=[*rush.STAGES, "day"])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long a day takes")
    parser.add_argument("--keep", action="store_true", help=f"write it into {RESULTS.name} in place of the last")
    chosen = parser.parse_args(arguments)
    with rush.full_city() as full:
        if chosen.what == "day":
            lines, failed = day.table(passed := day.passes(full, chosen.minutes)), passed.failed
        else:
            found = rush.rush(chosen.what, full)
            lines, failed = rush.table(found), any(told.failed or told.gave_up for _, told in found.stages)
    print(lines)
    if chosen.keep:
        RESULTS.write_text(kept(RESULTS.read_text("utf-8"), chosen.what, lines), "utf-8")
    return 1 if failed else 0


def kept(book: str, what: str, lines: str) -> str:
    """The book with the block of `what` changed; the machine is told by its size alone."""
    block = f"## {what}\n\n{datetime.now(UTC):%Y-%m-%d}, {machine()}.\n\n```\n{lines}\n```\n"
    found = re.compile(rf"^## {what}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    return found.sub(lambda _: f"{block}\n", book) if found.search(book) else f"{book.rstrip()}\n\n{block}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
