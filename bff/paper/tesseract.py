"""Tesseract, in a child process: optional, since a clerk can type what stands beside the picture."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

import structlog

from bff.paper.bounded import Failed, NotThere, TookTooLong, environment, run

log = structlog.get_logger()
Why = Literal["no_reader", "too_slow", "failed", "number"]
LANGUAGE: Final = "jpn"
LAYOUT: Final = "4"
"""Page segmentation: one column of text of any sizes, as a form is, whose rows keep label and value together."""
MOST_TOLD: Final = 8 * 1024 * 1024
AT_ONCE: Final = 2
"""Each takes a core and some hundred megabytes."""
_ASKED: Final = 10.0


class NotRead(Exception):
    """`why` is stable; the page is there to be read by a person, but where a 個人番号 stands on it (`number`)."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Reader:
    """`program`: its path; `seconds`: how long a page may take it. `places`: how many read at once in this process."""

    program: str
    seconds: float
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE), compare=False)

    async def tsv(self, picture: bytes) -> str:
        """What it sees in a PNG, as TSV; raises `NotRead`."""
        return await self._told(picture, "-l", LANGUAGE, "--psm", LAYOUT, "tsv")

    async def lies(self, picture: bytes) -> int:
        """By how many degrees a PNG must be turned clockwise to stand upright, in quarters; 0 where it cannot tell."""
        try:
            told = await self._told(picture, "-l", "osd", "--psm", "0")
        except NotRead:
            return 0
        found = re.search(r"^Rotate: (90|180|270)$", told, re.MULTILINE)
        return int(found[1]) if found else 0

    async def _told(self, picture: bytes, *how: str) -> str:
        command = (self.program, "stdin", "stdout", *how)
        try:
            async with self.places:
                told = await run(command, picture, seconds=self.seconds)
        except NotThere as missing:
            raise NotRead("no_reader") from missing
        except TookTooLong as slow:
            raise NotRead("too_slow") from slow
        except Failed as wrong:
            log.warning("a page was not read", status=str(wrong))
            raise NotRead("failed") from wrong
        if len(told) > MOST_TOLD:
            raise NotRead("failed")
        return told.decode("utf-8", "replace")


def reader(program: str, seconds: float) -> Reader | None:
    """`program`: its name or path; empty: none is wished. None: it is not installed here, or has no Japanese."""
    found = shutil.which(program) if program else None
    return Reader(found, seconds) if found and _has_japanese(found) else None


@cache
def _has_japanese(program: str) -> bool:
    """Asked once in a process."""
    command = [program, "--list-langs"]
    try:
        told = subprocess.run(command, capture_output=True, timeout=_ASKED, check=False, env=environment())  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in told.stdout.decode("utf-8", "replace").split()
