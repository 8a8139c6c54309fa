"""How a screen is worn: its theme, language and size of words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "forced_colors": "none", "contrast": "no-preference"},
    "contrast": {"color_scheme": "light", "forced_colors": "none", "contrast": "more"},
    "forced": {"color_scheme": "dark", "forced_colors": "active", "contrast": "no-preference"},
}
LANGUAGES = ("ja", "easy", "en")
SIZES = ("100", "200")


@dataclass(frozen=True)
class Wear:
    language: str
    theme: str
    size: str

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}-{self.size}"


def wears(*, languages: tuple[str, ...] = LANGUAGES, quick: bool = False) -> list[Wear]:
    """All of them; when it must be quick each theme, language and size once, beside the plain one."""
    every = [Wear(*each) for each in product(languages, THEMES, SIZES)]
    if not quick:
        return every
    plain = (languages[0], "light", "100")
    return [each for each in every if _unlike(each, plain) <= 1]


def _unlike(wear: Wear, plain: tuple[str, str, str]) -> int:
    return sum(one != other for one, other in zip((wear.language, wear.theme, wear.size), plain, strict=True))
