"""Tools that are asked, and how they answer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
INFRA: Final = ROOT / "infra"
TOOLS: Final = ROOT / ".venv-ops" / "bin"


class Failed(Exception):
    """A tool found something; its words."""


class NotTried(Exception):
    """What is missing here."""


def tool(name: str, *where: Path) -> str:
    found = next((str(place / name) for place in where if (place / name).exists()), shutil.which(name))
    if found is None:
        raise NotTried(f"{name} is not installed here")
    return found


def run(*command: str, **more: Any) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)  # noqa: S603 - our own words
    if done.returncode != 0:
        raise Failed((done.stdout + done.stderr).strip()[-1500:])
    return str(done.stdout)
