"""`python -m bff facilities`, with the house that the environment describes."""

from __future__ import annotations

import os

from bff import settings, wiring
from bff.facilities import command


def main(arguments: list[str]) -> int:
    return command.main(arguments, lambda: wiring.build(settings.read(os.environ)))
