"""Who reads one of the seven further languages says so, and gets each text in it too, where it is told in it.

The phone's documents ask for the three that are always there. A request that names another language is answered by the
same document with one field more in its fragment of texts; who reads やさしい日本語 with furigana gets its readings. So
nobody else is sent what she does not read, and an older app gets what it always got.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bff.texts import camel
from life_events.terms import OTHERS

HEADER: Final = "X-Kurashimado-Language"
_TEXTS: Final = re.compile(r"(\bon Text\s*\{\s*ja\s+easy\s+en)(\s*\})")
WITH_READINGS: Final = "easy-furigana"
_FIELDS: Final = {language: camel(name) for language, name in OTHERS.items()} | {WITH_READINGS: "easyRead"}


def as_read_in(document: str, language: str | None) -> str:
    """The document, its texts in this language too; as it is for the three and for what is no language of ours."""
    field = _FIELDS.get(language or "")
    return _with(document, field) if field else document


@lru_cache(maxsize=1024)
def _with(document: str, field: str) -> str:
    return _TEXTS.sub(rf"\1 {field}\2", document)
