"""Which boxes are ticked: the words beside them tell where they are, the ink in them whether they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median
from typing import Final

from PIL import Image

from bff.paper.labels import lines_of
from bff.paper.seen import Box, Piece, Word, plain

ALIKE: Final = 0.6
PLAINLY: Final = 0.8
TICKED_FROM: Final = 0.08
EMPTY_TO: Final = 0.05
"""Shares of dark within the frame of a box."""
RINGED: Final = 0.02
DARK: Final = 128
LEAST_HIGH: Final = 14
_BLANK: Final = 238
_GAP, _FRAME, _LEAST, _MOST = 0.16, 0.24, 0.45, 2.1
_SIDE: Final = 96
"""Of 255: so much of its height is ink in a side of a frame; the arc of a circle has less."""


@dataclass(frozen=True)
class Option:
    """`box`: of its words; `ink`: the share of dark in the box left of them; None: there is none. `ring`: the share
    of dark above and below the words, as a circle around them leaves it."""

    value: str
    box: Box
    alike: float
    ink: float | None
    ring: float = 0.0


@dataclass(frozen=True)
class _Sign:
    text: str
    box: Box


def options_in(options: Sequence[tuple[str, str]], pieces: Sequence[Piece], picture: Image.Image) -> list[Option]:
    """Those of the options whose words are among the pieces; `picture`: the page in black and white."""
    lines = [list(_signs(line)) for line in lines_of(pieces)]
    tries = []
    for value, label in options:
        wanted = plain(label)
        for number, line in enumerate(lines):
            for at, alike in _places(wanted, line):
                tries.append((alike, -at, value, number, at, len(wanted)))
    high = int(median([sign.box.height for line in lines for sign in line] or [LEAST_HIGH]))
    high = max(high, LEAST_HIGH)
    found: dict[str, Option] = {}
    taken: list[tuple[int, int, int]] = []
    for alike, _, value, number, at, long in sorted(tries, reverse=True):
        spot = (number, at, at + long)
        if value in found or any(spot[0] == t[0] and spot[1] < t[2] and t[1] < spot[2] for t in taken):
            continue
        taken.append(spot)
        signs = lines[number][at : at + long]
        box = _over(signs)
        found[value] = Option(value, box, alike, _ink(picture, signs, high), _ring(picture, box, high))
    return [found[value] for value, _ in options if value in found]


def ticked(found: Sequence[Option]) -> list[Option]:
    return [one for one in found if one.ink is not None and one.ink > TICKED_FROM]


def circled(found: Sequence[Option]) -> list[Option]:
    """Where nothing is printed to be ticked: the one around which a circle was drawn, if it is one alone."""
    if any(one.ink is not None for one in found):
        return []
    ringed = [one for one in found if one.ring > RINGED]
    others = [one.ring for one in found if one not in ringed]
    return ringed if len(ringed) == 1 and all(ring < ringed[0].ring / 3 for ring in others) else []


def clear(found: Sequence[Option]) -> bool:
    """Whether every box was found and is plainly ticked or plainly empty."""
    return all(one.ink is not None and not EMPTY_TO < one.ink < TICKED_FROM + 0.02 for one in found)


def _signs(line: Sequence[Piece]) -> Iterator[_Sign]:
    for piece in line:
        for word in piece.words:
            yield from _of_word(word)


def _of_word(word: Word) -> Iterator[_Sign]:
    """Its characters, as if all were as wide."""
    text, box = plain(word.text), word.box
    for number, sign in enumerate(text):
        wide = (box.right - box.left) / len(text)
        left = box.left + number * wide
        yield _Sign(sign, Box(box.page, int(left), box.top, int(left + wide), box.bottom))


def _places(wanted: str, line: Sequence[_Sign]) -> Iterator[tuple[int, float]]:
    for at in range(len(line) - max(1, len(wanted) - 2)):
        said = "".join(one.text for one in line[at : at + len(wanted)])
        alike = SequenceMatcher(None, wanted, said, autojunk=False).ratio()
        if alike >= (ALIKE if said[0] == wanted[0] else PLAINLY):
            yield at, alike


def _over(signs: Sequence[_Sign]) -> Box:
    box = signs[0].box
    for one in signs[1:]:
        box = box.over(one.box)
    return box


def _ink(picture: Image.Image, signs: Sequence[_Sign], high: int) -> float | None:
    """Within the box printed left of the words: the share of dark inside its frame; None: there is no box."""
    middle, begins = int(median(one.box.middle for one in signs)), min(one.box.left for one in signs)
    left, top = max(begins - int(2.4 * high), 0), max(middle - high, 0)
    strip = picture.crop((left, top, max(begins - 1, left + 1), middle + high))
    across = _runs(_darks(strip.resize((strip.width, 1), Image.Resampling.BOX)), int(high * _GAP))
    for first, last in reversed(across):
        ink = _inside(strip.crop((first, 0, last, strip.height)), middle - top, high)
        if ink is not None:
            return ink
    return None


def _ring(picture: Image.Image, box: Box, high: int) -> float:
    """Both above and below: an underline, or the row beside, is only one of them."""
    left, right = max(box.left - high // 2, 0), box.right + high // 2
    bands = ((max(box.top - high, 0), box.top - high // 6), (box.bottom + high // 6, box.bottom + high))
    return min(_dark(picture.crop((left, top, right, max(bottom, top + 1)))) for top, bottom in bands)


def _dark(part: Image.Image) -> float:
    counted = part.histogram()
    return sum(counted[:DARK]) / max(1, sum(counted))


def _inside(column: Image.Image, middle: int, high: int) -> float | None:
    """The share of dark in a frame around `middle`, without the frame; None: there is no frame as high as a box."""
    down = _runs(_darks(column.resize((1, column.height), Image.Resampling.BOX)), 2)
    begun, ended = next(((one, end) for one, end in down if one <= middle < end), (0, 0))
    wide, tall = column.width, ended - begun
    if not (_LEAST * high < wide < _MOST * high and _LEAST * high < tall < _MOST * high):
        return None
    sides = column.crop((0, begun, wide, ended)).point(lambda grey: 255 if grey < DARK else 0)
    dark = sides.resize((wide, 1), Image.Resampling.BOX).tobytes()
    if max(dark[: wide // 3]) < _SIDE or max(dark[wide // 2 :]) < _SIDE:
        return None
    edge = max(3, int(min(wide, tall) * _FRAME))
    return _dark(column.crop((edge, begun + edge, wide - edge, ended - edge)))


def _runs(dark: Sequence[bool], most: int) -> list[tuple[int, int]]:
    """From where to where there is ink, over gaps of `most` and less."""
    found: list[tuple[int, int]] = []
    for at in (at for at, is_dark in enumerate(dark) if is_dark):
        if found and at - found[-1][1] <= most:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _darks(line: Image.Image) -> list[bool]:
    """Of a line of averages: where there is ink at all."""
    return [grey < _BLANK for grey in line.tobytes()]
