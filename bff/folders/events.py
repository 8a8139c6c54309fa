"""Life events as she has them: a move is one, though three bundles hold its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from life_events import Catalogue, Text

OF_SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {"moving": ("moving_out", "moving_in", "moving_within")}
"""By the event's id, the bundles of it; `pwa/data/together.ts` has the same table."""


def name_of(catalogue: Catalogue, event: str) -> Text | None:
    """What the event is called; None: there is no such one."""
    first = OF_SEVERAL.get(event, (event,))[0]
    found = next((bundle.name for bundle in catalogue.bundles if bundle.id == first), None)
    return found if found is None or event not in OF_SEVERAL else _without_which(found)


def _without_which(name: Text) -> Text:
    """「引っ越し（今の住まいを出る）」 without what only one of its bundles is."""
    return Text(name.ja.partition("（")[0], name.easy.partition("（")[0], name.en.partition(" out")[0])
