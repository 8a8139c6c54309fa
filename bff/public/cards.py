"""The picture that goes along when a page is shared: its name, whose it is, by when, and our mark. 1200 × 630, PNG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bff import ink
from bff.public.book import Book, Language
from bff.public.words import Voice

SIZE: Final = (1200, 630)
_EDGE: Final = 80
_BLUE, _WHITE, _LAMP, _INK, _SOFT = (0, 23, 193), (255, 255, 255), (255, 212, 61), (26, 26, 26), (77, 77, 77)
_LARGEST, _SMALLEST, _STEP = 88, 52, 6
_LINES: Final = 3
_SMALL: Final = 34
_COLOURS: Final = 48
_NEVER_FIRST: Final = "、。・）」』】！？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
_BREAK: Final = re.compile(r"[A-Za-z0-9’'().,:\-]+ ?|[（「『【]?(?:[ァ-ヺー]+|[^\s（「『【])|\s")
"""A word in katakana stays whole, as one in Latin letters does."""


@dataclass(frozen=True)
class Said:
    """`above`: whose matter it is; `below`: by when, in a line or two."""

    name: str
    above: str
    below: str
    site: str


def said_on(name: str, language: Language, book: Book) -> Said | None:
    """`name`: an id of a procedure, `event-` and one of a life event, or `site`; None: there is none."""
    voice = Voice(book, language)
    if name == "site":
        return Said(voice.say("site_lead"), "", voice.say("card_site"), voice.site)
    if name.startswith("event-"):
        event = book.events.get(name.removeprefix("event-"))
        count = voice.say("events.count", n=len(event["hasRelatedService"])) if event else ""
        return Said(voice.pick(event["name"]), voice.say("card_event"), count, voice.site) if event else None
    service = book.services.get(name)
    if service is None:
        return None
    period = voice.pick(service["applicationPeriod"]) if "applicationPeriod" in service else ""
    return Said(
        voice.pick(service["name"]), voice.say(f"card_{service['hasCompetentAuthority']['type']}"), period, voice.site
    )


def draw(said: Said, assets: Path) -> bytes:
    """Quick: some hundredths of a second; the file has few colours and is small."""
    card = Image.new("RGB", SIZE, _WHITE)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 20), fill=_BLUE)
    wide = SIZE[0] - 2 * _EDGE
    small = _font(assets, _SMALL)
    pen.text((_EDGE, 92), said.above, font=small, fill=_BLUE)
    font, lines = _fitted(said.name, wide, assets)
    top = 160
    for line in lines:
        pen.text((_EDGE, top), line, font=font, fill=_INK, stroke_width=1, stroke_fill=_INK)
        top += int(font.size * 1.35)
    below = _at_most(2, _filled(letters(said.below), small, wide), small, wide)
    for place, line in enumerate(reversed(below)):
        pen.text((_EDGE, 448 - 46 * place), line, font=small, fill=_SOFT)
    pen.line((_EDGE, 512, SIZE[0] - _EDGE, 512), fill=(200, 200, 200), width=2)
    _mark(pen, _EDGE, 532, 64)
    pen.text((_EDGE + 84, 540), said.site, font=_font(assets, 40), fill=_INK, stroke_width=1, stroke_fill=_INK)
    made = BytesIO()
    card.quantize(_COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


def letters(text: str) -> list[str]:
    """What may stand at the beginning of a line, with what may not."""
    parts: list[str] = []
    for letter in _BREAK.findall(text):
        if parts and letter[0] in _NEVER_FIRST:
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _mark(pen: ImageDraw.ImageDraw, left: int, top: int, side: int) -> None:
    """The window with a light in one of its panes (pwa/build/icons.ts), in hundredths of its side."""

    def box(x: int, y: int, right: int, bottom: int) -> tuple[int, ...]:
        return tuple(at + round(of * side / 100) for at, of in ((left, x), (top, y), (left, right), (top, bottom)))

    pen.rounded_rectangle(box(0, 0, 100, 100), side * 22 // 100, fill=_BLUE)
    pen.rounded_rectangle(box(22, 20, 78, 80), side * 6 // 100, fill=_WHITE)
    for x, y in ((29, 27), (53, 27), (29, 53), (53, 53)):
        pen.rectangle(box(x, y, x + 18, y + 20), fill=_LAMP if (x, y) == (53, 53) else _BLUE)


def _fitted(text: str, wide: int, assets: Path) -> tuple[ImageFont.FreeTypeFont, Sequence[str]]:
    """The largest letters in which it stands in few lines."""
    for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
        font = _font(assets, size)
        if size > _SMALLEST and any(font.getlength(one) > wide for one in letters(text)):
            continue
        lines = _lines(text, font, wide)
        if len(lines) <= (2 if size > _SMALLEST + 2 * _STEP else _LINES):
            break
    return font, _at_most(_LINES, lines, font, wide)


def _at_most(most: int, lines: Sequence[str], font: ImageFont.FreeTypeFont, wide: int) -> Sequence[str]:
    return [*lines[: most - 1], _one_line("".join(lines[most - 1 :]), font, wide)] if len(lines) > most else lines


def _lines(text: str, font: ImageFont.FreeTypeFont, wide: int) -> list[str]:
    """As few as can be, and as even; a line begins with a phrase, and within one only where it fits in no line."""
    parts: list[str] = []
    for phrase in _phrases(text):
        parts += [phrase] if font.getlength(phrase) <= wide else _broken(phrase, font, wide)
    few = _filled(parts, font, wide)
    narrower = (_filled(parts, font, narrow) for narrow in range(wide // max(len(few), 1), wide, 20))
    return next((lines for lines in narrower if len(lines) == len(few)), few)


def _broken(phrase: str, font: ImageFont.FreeTypeFont, wide: int) -> list[str]:
    """A word that is longer than a line, at the smallest letters there are, goes on in the next."""
    words = letters(phrase)
    return [part for word in words for part in ([word] if font.getlength(word) <= wide else word)]


def _filled(parts: Sequence[str], font: ImageFont.FreeTypeFont, wide: float) -> list[str]:
    lines = [""]
    for part in parts:
        if lines[-1] and font.getlength((lines[-1] + part).rstrip()) > wide:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _phrases(text: str) -> list[str]:
    """Pieces that end where kana give way to other letters, as phrases (文節) do."""
    parts: list[str] = []
    for letter in letters(text):
        if parts and not _begins_phrase(parts[-1][-1], letter[0]):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _begins_phrase(before: str, letter: str) -> bool:
    return before in " 、。・）」" or letter in "（「『【" or ("ぁ" <= before <= "ん" and not "ぁ" <= letter <= "ん")


def _one_line(text: str, font: ImageFont.FreeTypeFont, wide: int) -> str:
    if font.getlength(text) <= wide:
        return text
    while text and font.getlength(text + "…") > wide:
        text = text[:-1]
    return text.rstrip("、。 ") + "…"


@lru_cache(16)
def _font(assets: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets / ink.FILE), size)
