"""Only the fields a flow lists, out of what several sources told, each with its source and its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bff.exchange.ways.flow import Pick


@dataclass(frozen=True)
class Source:
    """What one source told, as plain values; None: it has told nothing, and `why`."""

    told: Any
    as_of: datetime | None
    why: str = ""


def picked(fields: Sequence[Pick], sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """One entry a field: its value, source and time, or the reason why there is none. Nothing beside them."""
    return [_one(pick, sources.get(pick.source, Source(None, None, "not_asked"))) for pick in fields]


def _one(pick: Pick, source: Source) -> dict[str, Any]:
    if source.told is None:
        return {"field": pick.name, "source": pick.source, "gap": source.why}
    value = _at(msgspec.to_builtins(source.told), pick.path.split("."))
    as_of = source.as_of.isoformat() if source.as_of else None
    return {"field": pick.name, "source": pick.source, "as_of": as_of, "value": value}


def _at(told: Any, path: Sequence[str]) -> Any:
    """Raises `KeyError` for a path that is not in what was told: a flow that names it is a defect."""
    if not path:
        return told
    name = path[0].removesuffix("[]")
    inside = told[name]
    if path[0].endswith("[]"):
        return [_at(one, path[1:]) for one in inside or ()]
    return None if inside is None else _at(inside, path[1:])
