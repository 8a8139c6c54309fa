"""How the kanji of やさしい日本語 are read: `[手続|てつづ]き`, kanji and reading in brackets, all else as it was.

Told by SudachiPy's words. A person's name is left alone, for nobody can tell how it is read; what a number makes of its
counter (七日, 一人) goes by a table."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

from sudachipy import Dictionary, SplitMode

KANJI: Final = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]+")
_NUMBER: Final = re.compile(r"[0-9０-９]+")
_OWN: Final = {
    "私": "わたし",
    "方": "かた",
    "他": "ほか",
    "市": "し",
    "区": "く",
    "都": "と",
    "国": "くに",
    "行っ": "い",
    "何か": "なに",
    "何": "なに",
    "家": "いえ",
    "月": "つき",
    "年": "とし",
    "日": "ひ",
    "後": "あと",
    "前": "まえ",
    "上": "うえ",
    "下": "した",
    "入っ": "はい",
    "入る": "はい",
    "入り": "はい",
    "入れ": "い",
    "開い": "ひら",
    "開き": "ひら",
    "他人": "たにん",
}
"""Where a word has several readings, the one these texts mean."""
_WHOLE: Final = {
    "生年月日": "せいねんがっぴ",
    "令和": "れいわ",
    "平成": "へいせい",
    "昭和": "しょうわ",
    "世帯主": "せたいぬし",
    "年月日": "ねんがっぴ",
    "月日": "がっぴ",
    "個人番号": "こじんばんごう",
    "大人": "おとな",
    "他の": "ほかの",
}
_COUNTERS: Final = {
    "日": "にち",
    "月": "がつ",
    "年": "ねん",
    "人": "にん",
    "時": "じ",
    "円": "えん",
    "歳": "さい",
    "回": "かい",
    "件": "けん",
    "枚": "まい",
    "番": "ばん",
    "階": "かい",
    "分": "ふん",
    "秒": "びょう",
    "週": "しゅう",
    "年度": "ねんど",
    "時間": "じかん",
    "日間": "にちかん",
    "年間": "ねんかん",
    "週間": "しゅうかん",
    "か月": "かげつ",
    "番目": "ばんめ",
    "回目": "かいめ",
    "区": "く",
}
_DAYS: Final = {
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_MINUTES_OF_PUN: Final = "013468"


@lru_cache(maxsize=4096)
def annotated(text: str) -> str:
    """Without its readings it is `text` again."""
    if not KANJI.search(text):
        return text
    parts = re.split(f"({'|'.join(_WHOLE)})", text)
    return "".join(_over(part, _WHOLE[part]) if part in _WHOLE else _read(part) for part in parts)


def _read(text: str) -> str:
    said, number = "", ""
    for surface, reading, is_name in _words(text):
        if number and (whole := _counted(number, surface)):
            said = said.removesuffix(number) + whole
        elif said.endswith("}") and surface in _COUNTERS:
            said += surface if surface in ("日", "人", "分") else _over(surface, _COUNTERS[surface])
        elif is_name or not KANJI.search(surface):
            said += surface
        else:
            said += _over(surface, reading)
        number = surface if _NUMBER.fullmatch(surface) else ""
    return said


def _words(text: str) -> list[tuple[str, str, bool]]:
    words: list[tuple[str, str, bool]] = []
    for one in _tokenizer().tokenize(text, SplitMode.C):
        surface, reading, kind = one.surface(), _hiragana(one.reading_form()), one.part_of_speech()
        if (split := re.fullmatch(r"([0-9０-９]+)(\D+)", surface)) is not None:
            words += [(split[1], "", False), (split[2], "", False)]
        elif words and _NUMBER.fullmatch(words[-1][0]) and words[-1][0] + surface in ("1日", "１日"):
            words.append((surface, "", False))
        else:
            words.append((surface, _OWN.get(surface, reading), "人名" in kind))
    return words


def _counted(number: str, counter: str) -> str | None:
    """The number and its counter where a table tells how they are said together; None: the words' own reading."""
    if counter not in _COUNTERS:
        return None
    count = int(number)
    if counter == "日" and count in _DAYS:
        return f"[{number}日|{_DAYS[count]}]"
    if counter == "人" and count in (1, 2):
        return f"[{number}人|{('ひとり', 'ふたり')[count - 1]}]"
    if counter == "日" and count == 1:
        return number + counter  # the first of a month, or one day: nothing here tells which
    reading = "ぷん" if counter == "分" and number[-1] in _MINUTES_OF_PUN else _COUNTERS[counter]
    return number + _over(counter, reading)


def _over(surface: str, reading: str) -> str:
    """Each run of kanji with its part of the reading: 取り扱い is [取|と]り[扱|あつか]い."""
    if KANJI.fullmatch(surface):
        return f"[{surface}|{reading}]" if reading else surface
    if KANJI.search(surface) and KANJI.sub("", surface) and KANJI.fullmatch(surface[0]) and reading in _OWN.values():
        return KANJI.sub(lambda run: f"[{run[0]}|{reading}]", surface)
    runs = KANJI.findall(surface)
    parts = re.split(KANJI, surface)
    pattern = "(.+?)".join(re.escape(_hiragana(part)) for part in parts)
    found = re.fullmatch(pattern, reading)
    if found is None:
        return surface
    return parts[0] + "".join(
        f"[{run}|{read}]{part}" for run, read, part in zip(runs, found.groups(), parts[1:], strict=True)
    )


def _hiragana(text: str) -> str:
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in text)


@cache
def _tokenizer() -> Any:
    return Dictionary(dict="small").tokenizer()
