"""Which of the words on a page are labels of the form, and where the value of each is to be looked for; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from PIL import Image

from bff.paper.seen import Box, Piece, plain
from life_events import Form

ALIKE: Final = 0.74
"""From here on words are taken for a label that Tesseract has not read quite rightly."""
MOST_LINES: Final = 4
"""A label goes over so many lines at most."""
TALL: Final = 9
"""A value goes down so many heights of its label where nothing ends it."""
NEARLY: Final = 0.06
RULED: Final = 60
"""Of 255: so much of the breadth looked at is a rule."""
Area = Box


@dataclass(frozen=True)
class Label:
    """`alike` 0 to 1; `rest`: what stands in the same piece after it."""

    field: str
    box: Box
    alike: float
    pieces: tuple[Piece, ...]
    rest: Piece | None = None


@dataclass(frozen=True)
class _Try:
    text: str
    pieces: tuple[Piece, ...]
    box: Box
    rest: Piece | None


def labels_in(form: Form, pieces: Sequence[Piece], also: Mapping[str, Sequence[str]]) -> dict[str, Label]:
    """By field id; `also`: by field id, how else it may be called. Each piece is one field's at most."""
    titles = _titles(form, pieces)
    tries = list(_tries(pieces))
    ranked = sorted(
        (
            (_rank(alike, titles.get(section.id), one.box), order, field.id, alike, one)
            for section in form.sections
            for order, field in enumerate(section.fields)
            for one in tries
            if (alike := max(_alike(plain(name), one.text) for name in (field.label.ja, *also.get(field.id, ()))))
            > ALIKE
        ),
        key=lambda found: (found[0], found[1]),
    )
    taken: set[int] = set()
    found: dict[str, Label] = {}
    for _, _, field, alike, one in ranked:
        if field in found or any(id(piece) in taken for piece in one.pieces):
            continue
        taken.update(id(piece) for piece in one.pieces)
        found[field] = Label(field, one.box, alike, one.pieces, one.rest)
    return found


def area_of(
    label: Label, labels: Sequence[Label], down: Image.Image, across: Image.Image, *, one_row: bool
) -> tuple[Area, Area]:
    """Where its value may stand: beside it, and below it. Rules of a table end it, and so do other labels; `one_row`:
    what is looked for is never longer, so that nothing of the next row is taken for it."""
    box, high = label.box, max(label.box.height // len(label.pieces), 12)
    others = [one.box for one in labels if one is not label and one.box.page == box.page]
    row = [one for one in others if one.left > box.right and _share(one, box) > 0]
    right = min([*(one.left for one in row), *_walls(down, box)[1:2], across.width])
    under = [
        one.top for one in others if one.top >= box.bottom - high * 0.3 and one.left < right and one.right > box.left
    ]
    bottom = int(min([*under, box.bottom + TALL * high, across.height]))
    floors = _floors(across, box, bottom)
    end = int(box.bottom + high * 0.5) if one_row else min([*floors[:1], bottom - int(high * 0.25)])
    beside = Box(box.page, box.right + 2, int(box.top - high * 0.6), right - 2, max(end, box.bottom))
    ends = floors[1:2] if floors and floors[0] < box.bottom + high else floors[:1]
    beneath = Box(box.page, box.left - high, box.bottom + 2, right - 2, max(min([*ends, bottom - 2]), box.bottom + 2))
    return beside, beneath


def _walls(down: Image.Image, box: Box) -> list[int]:
    """Where rules go down to the right of it: the first parts it from its value."""
    middle = int(box.middle)
    line = down.crop((box.right, max(middle - 4, 0), down.width, middle + 4))
    return [box.right + at for at in _begins(line.resize((line.width, 1), Image.Resampling.BOX).tobytes())]


def _floors(across: Image.Image, box: Box, bottom: int) -> list[int]:
    """Where rules go across below it."""
    column = across.crop((box.left, box.bottom, max(box.right, box.left + 1), max(bottom, box.bottom + 1)))
    return [box.bottom + at for at in _begins(column.resize((1, column.height), Image.Resampling.BOX).tobytes())]


def _begins(line: bytes) -> list[int]:
    return [at for at, ink in enumerate(line) if ink > RULED and not (at and line[at - 1] > RULED)]


def within(pieces: Sequence[Piece], area: Area) -> list[Piece]:
    """Those whose middle is in it, line by line."""
    held = [
        one
        for one in pieces
        if one.box.page == area.page
        and area.top <= one.box.middle <= area.bottom
        and area.left - 4 <= one.box.left
        and (one.box.left + one.box.right) / 2 <= area.right
    ]
    return [one for line in lines_of(held) for one in line]


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """From the top down, each from the left."""
    lines: list[list[Piece]] = []
    for one in sorted(pieces, key=lambda piece: piece.box.middle):
        if lines and one.box.middle - lines[-1][0].box.middle < max(one.box.height, lines[-1][0].box.height) * 0.7:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda piece: piece.box.left) for line in lines]


def _tries(pieces: Sequence[Piece]) -> Iterator[_Try]:
    """Each piece, and with those right below it, as a label that goes over several lines."""
    for first in pieces:
        lines, box = [first], first.box
        yield _Try(first.plain, (first,), box, None)
        while len(lines) < MOST_LINES:
            after = _next_line(lines[-1], pieces)
            if after is None:
                break
            lines.append(after)
            box = box.over(after.box)
            yield _Try("".join(one.plain for one in lines), tuple(lines), box, None)
        for cut in range(1, len(first.words)):
            head = Piece(first.words[:cut], _over(first.words[:cut]))
            rest = Piece(first.words[cut:], _over(first.words[cut:]))
            yield _Try(head.plain, (first,), head.box, rest)


def _over(words: Sequence[object]) -> Box:
    box: Box | None = None
    for one in words:
        box = one.box if box is None else box.over(one.box)  # type: ignore[attr-defined]
    assert box is not None
    return box


def _next_line(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    high = piece.box.height
    under = [
        one
        for one in pieces
        if one.box.page == piece.box.page
        and -high * 0.6 <= one.box.top - piece.box.bottom < high * 1.2
        and one.box.middle - piece.box.middle > high * 0.5
        and abs(one.box.left - piece.box.left) < high
    ]
    return min(under, key=lambda one: one.box.top, default=None)


def _titles(form: Form, pieces: Sequence[Piece]) -> dict[str, Box]:
    found = {}
    for section in form.sections:
        wanted = plain(section.title.ja)
        near = max(pieces, key=lambda one: _alike(wanted, one.plain), default=None)
        if near is not None and _alike(wanted, near.plain) > ALIKE:
            found[section.id] = near.box
    return found


def _rank(alike: float, title: Box | None, box: Box) -> tuple[float, float]:
    """The likest first; of those as like, the one next below the title of its section."""
    step = -round(alike / NEARLY) * NEARLY
    if title is None:
        return step, box.page * 1e6 + box.top
    if (box.page, box.top) < (title.page, title.top):
        return step, 1e9
    return step, (box.page - title.page) * 1e6 + (box.top - title.top) + 2 * abs(box.left - title.left)


def _alike(wanted: str, said: str) -> float:
    if not said or not wanted or len(said) > 2 * len(wanted) + 2 or len(wanted) > 2 * len(said) + 2:
        return 0.0
    return SequenceMatcher(None, wanted, said, autojunk=False).ratio()


def _share(one: Box, other: Box) -> int:
    """Pixels of height that both have."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)
