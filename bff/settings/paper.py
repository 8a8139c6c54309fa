"""Settings of the intake of paper forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bff.settings.reading import Get, SettingsRefused

OFF: Final = "off"
LONGEST_DAYS: Final = 3650


@dataclass(frozen=True)
class PaperSettings:
    """`tesseract`: the program that reads, by name or path; empty: clerks type beside the picture. `seconds`: how long
    one page may take it. `pictures_days`: how long a picture is kept after its paper became a case; `people_days`: how
    long somebody without an account is kept after the last of her cases was closed and handed over."""

    tesseract: str
    seconds: float
    pictures_days: int
    people_days: int


def read_paper(environ: Mapping[str, str], get: Get) -> PaperSettings:
    """Raises `SettingsRefused`."""
    program = get("TESSERACT", "tesseract")
    try:
        seconds = float(get("TESSERACT_SECONDS", "40"))
        pictures, people = int(get("PAPER_PICTURES_DAYS", "90")), int(get("PAPER_PEOPLE_DAYS", "365"))
    except ValueError as wrong:
        raise SettingsRefused("KURASHIMADO_TESSERACT_SECONDS and _PAPER_*_DAYS must be numbers") from wrong
    if not (0 < seconds <= 600 and 1 <= pictures <= LONGEST_DAYS and 1 <= people <= LONGEST_DAYS):  # noqa: PLR2004
        raise SettingsRefused("KURASHIMADO_TESSERACT_SECONDS is 1 to 600, _PAPER_*_DAYS are 1 to 3650")
    return PaperSettings("" if program == OFF else program, seconds, pictures, people)
