"""The documents of the built front end: the bench asks what the phone asks."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Documents:
    """Texts by their hash."""

    by_id: Mapping[str, str]

    def body(self, operation: str, **variables: object) -> str:
        """The request's body that asks `operation` ("query ShowHome"); raises `LookupError`."""
        for id, text in self.by_id.items():
            if text.lstrip().startswith(operation):
                return json.dumps({"id": id, "variables": variables} if variables else {"id": id})
        raise LookupError(f"the front end is not built, or has no {operation}")


def built() -> Documents:
    """Of pwa/dist, or of the folder the house itself is told."""
    folder = Path(os.environ.get("KURASHIMADO_ASSETS", "pwa/dist"))
    return Documents(json.loads((folder / "documents.json").read_text()))
