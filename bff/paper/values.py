"""What was written in a field, put as the form wants it; pure. Whether it may stand so, the house's own check says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bff.paper.days import day_in
from life_events import Field, FieldKind

YES, NO = "yes", "no"
TICKED: Final = frozenset({FieldKind.CHOICE, FieldKind.MANY_CHOICE, FieldKind.YES_NO, FieldKind.AGREEMENT})
"""Read from boxes that are ticked, not from words."""
_DASHES: Final = re.compile(r"[‐-―−ー－~〜]")
_PHONE: Final = re.compile(r"[+]?[0-9][0-9-]{7,15}[0-9]")
_POSTAL: Final = re.compile(r"[0-9]{3}-?[0-9]{4}")
_JAPANESE_SPACE: Final = re.compile(
    r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+(?=[0-9])|(?<=[0-9])\s+(?=[^\x00-\x7f])"
)
_SPECKS: Final = "|[]{}_—~'`´\"“”‘’「」<> "
_HIRAGANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_LIKE_DIGITS: Final = str.maketrans("OoＯ〇lI｜|ｌSsB", "000011111558")


def options(field: Field) -> list[tuple[str, str]]:
    """(value, as it is printed beside its box) of a field that is ticked."""
    if field.kind is FieldKind.YES_NO:
        return [(YES, "はい"), (NO, "いいえ")]
    if field.kind is FieldKind.AGREEMENT:
        return [(YES, "同意します")]
    return [(one.value, one.label.ja) for one in field.choices]


def written(field: Field, lines: Sequence[str]) -> str:
    """As it is typed into the form; empty: nothing that fits was written."""
    text = " ".join(lines)
    if field.kind is FieldKind.LONG_TEXT:
        return "\n".join(clean for line in lines if (clean := _close(line)))
    if field.kind in _READ:
        return _READ[field.kind](text)
    return _clean(text) if _is_name(field) else _close(text)


def normal(field: Field, typed: str) -> str:
    """What a clerk typed, put as the form wants it where that is plain; else as it was typed."""
    text = typed.strip()
    if not text or field.kind in TICKED:
        return text
    if field.kind in (FieldKind.DATE, FieldKind.MONTH, FieldKind.KANA, FieldKind.PHONE, FieldKind.POSTAL_CODE):
        return written(field, [text]) or text
    if field.kind is FieldKind.NUMBER:
        return _narrow(text)
    return text


def answer(field: Field, typed: Sequence[str]) -> object:
    """The answer that stands for it; None: left empty."""
    said = [one for one in typed if one]
    if not said:
        return None
    match field.kind:
        case FieldKind.YES_NO | FieldKind.AGREEMENT:
            return said[-1] == YES
        case FieldKind.MANY_CHOICE:
            return said
        case _:
            return said[-1]


def _day(text: str) -> str:
    day = day_in(text)
    return day.isoformat() if day else ""


def _time(text: str) -> str:
    found = re.search(r"([01]?[0-9]|2[0-3])[:時]([0-5][0-9])", _narrow(text))
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _number(text: str) -> str:
    return "".join(re.findall(r"[0-9]+", _narrow(text).translate(_LIKE_DIGITS)))


def _month(text: str) -> str:
    day = day_in(
        re.sub(r"(月|[-/.][0-9]{1,2})\s*$", r"\g<1>1日" if "月" in text else r"\g<1>-1", _narrow(text).strip())
    )
    return f"{day:%Y-%m}" if day else ""


def _found(wanted: re.Pattern[str], text: str) -> str:
    plain = _DASHES.sub("-", _narrow(text)).replace(" ", "").replace("〒", "").strip("()")
    found = wanted.search(re.sub(r"[()]", "-", plain))
    return found[0] if found else ""


def _kana(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_HIRAGANA)
    kept = "".join(sign for sign in plain if "ァ" <= sign <= "ヺ" or sign in "ー・ 　")
    return " ".join(kept.split())


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).strip(_SPECKS).split())


def _close(text: str) -> str:
    """Japanese sets no spaces between words."""
    return _JAPANESE_SPACE.sub("", _clean(text))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_name(field: Field) -> bool:
    return (field.term or "").endswith("ullName") or "氏名" in field.label.ja


_READ: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    FieldKind.DATE: _day,
    FieldKind.MONTH: _month,
    FieldKind.TIME: _time,
    FieldKind.NUMBER: _number,
    FieldKind.PHONE: lambda text: _found(_PHONE, text),
    FieldKind.POSTAL_CODE: lambda text: _found(_POSTAL, text),
    FieldKind.KANA: _kana,
}
