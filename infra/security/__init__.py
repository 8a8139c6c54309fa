"""What shows that the house is safe: the ASVS table, threats by door, the map of personal data, scans, parts lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from infra.security import asvs, personal_data

PAGES: Final[Mapping[str, Callable[[], str]]] = {"asvs.md": asvs.page, "personal_data.md": personal_data.page}
"""Those that are made of sources."""
