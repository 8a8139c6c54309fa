"""What of a connector is still as the kit wrote it: it works, and is not yet true of any owner."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import msgspec

from bff.connectors.manifest import Manifest
from bff.kit.making import rendered
from bff.kit.wanted import EXPOSURES, Made, Wanted

ASKED: Final = {
    "name": "how people call it, in three languages",
    "operator_name": "who runs it, in three languages",
    "note": "what is spoken, and whether the owner has published it",
    "legal": "the law the owner may answer by, read, with its confidence and source",
    "service": "the X-Road service id that the owner has registered",
    "sends": "no more of her than the owner matches on",
    "shown": "how each field is called on her page",
}
OWN: Final = ("mapping.py", "good.json")
"""What is another with every owner, beside the stand-in."""


def remaining(root: Path, folder: str, manifest: Manifest) -> list[str]:
    """A line for each part that the kit wrote and nobody has changed; none for a connector that was not made by it."""
    if manifest.exposure not in EXPOSURES:
        return []
    wanted = Wanted(
        name=folder,
        operator=manifest.operator,
        exposure=cast(Made, manifest.exposure),
        title=manifest.name.ja,
        basis=manifest.basis if manifest.exposure == "authorised" else "",
        link=manifest.link or "",
    )
    files = rendered(root, wanted)
    first = msgspec.toml.decode(files[root / "bff" / "connectors" / folder / "manifest.toml"], type=Manifest)
    told: list[str] = []
    if manifest.legal == first.legal or manifest.note == first.note:
        told = [f"manifest.toml, {key}: {why}" for key, why in ASKED.items() if _untouched(first, manifest, key)]
    own = [path for path in files if path.name in OWN or path.is_relative_to(root / "infra")]
    same = [path for path in own if path.is_file() and path.read_text("utf-8") == files[path]]
    return told + [f"{path.relative_to(root)}: as the kit wrote it" for path in same]


def _untouched(first: Manifest, now: Manifest, key: str) -> bool:
    value = getattr(now, key)
    return bool(value) and value == getattr(first, key)
