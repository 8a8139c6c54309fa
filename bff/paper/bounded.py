"""Programs of others in a child process: no shell, nothing of ours around them, bounds on time, memory and output."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

CHILD: Final = Path(__file__).with_name("child.py")
MOST_MEMORY: Final = 1024 * 1024 * 1024
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX")


class NotThere(Exception):
    """The program cannot be started."""


class TookTooLong(Exception):
    """Its time was up; it and all it started were killed."""


class Failed(Exception):
    """It ended otherwise than well: what it was given is nothing for it, or it wanted more than it may have."""


async def run(command: Sequence[str], given: bytes, *, seconds: float) -> bytes:
    """What it wrote; it binds itself before it becomes the program. Raises `NotThere`, `TookTooLong`, `Failed`."""
    bounds = (str(MOST_MEMORY), str(int(seconds) + 1))
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(CHILD), *bounds, *command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
    except OSError as missing:
        raise NotThere from missing
    try:
        async with asyncio.timeout(seconds):
            told, _ = await child.communicate(given)
    except TimeoutError as slow:
        raise TookTooLong from slow
    finally:
        await _end(child)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TookTooLong
    if child.returncode != 0:
        raise Failed(str(child.returncode))
    return told


def environment() -> Mapping[str, str]:
    """Nothing of ours but where programs and languages are; one thread, since pages are read side by side."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"OMP_THREAD_LIMIT": "1"}


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
