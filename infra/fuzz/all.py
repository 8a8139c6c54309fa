"""Every target by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from infra.fuzz import asked, files, messages
from infra.fuzz.target import Target


@cache
def targets() -> Mapping[str, Target]:
    """Raises `ValueError` where two have one name."""
    every = [*files.targets(), *messages.targets(), *asked.targets()]
    by_name = {one.name: one for one in every}
    if len(by_name) < len(every):
        raise ValueError("two targets have one name")
    return by_name
