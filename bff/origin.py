"""Whether a request that changes something comes from our own pages."""

from __future__ import annotations

from collections.abc import Mapping


def from_here(headers: Mapping[str, str], origin: str) -> bool:
    """Under `no-referrer` a form's `Origin` is `null`, and some requests carry none: then the browser's own word on
    the site (`Sec-Fetch-Site`) decides."""
    told = headers.get("origin", "null")
    return told == origin or (told == "null" and headers.get("sec-fetch-site") == "same-origin")
