"""A page read into the fields of its form, each with how sure that is."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

import msgspec
from PIL import Image

from bff.paper import ticks, values
from bff.paper.called import called
from bff.paper.labels import Label, area_of, labels_in, lines_of, within
from bff.paper.seen import Box, Piece, Word, joined, pieces_of, words_in
from bff.paper.straight import Straight, straightened
from bff.paper.tesseract import NotRead, Reader
from life_events import Field, FieldKind, Form, contains_individual_number

Sure = Literal["high", "low", "none"]
SURE_FROM: Final = 80.0
"""Of Tesseract's own figure, over the words of a value; one word alone below `DOUBT` makes the whole doubtful."""
DOUBT: Final = 50.0
ONE_ROW: Final = 80
"""Characters that a field may take at most to be written in one row."""
ALIKE: Final = 0.95
"""A label must be read quite rightly: else what is left of it may have been taken for a part of the value."""


class Found(msgspec.Struct, frozen=True):
    """`typed`: as it stands in the form; `box`: where it was read, on the straightened page; None: nowhere."""

    sure: Sure
    typed: tuple[str, ...] = ()
    box: Box | None = None


class Seen(msgspec.Struct, frozen=True):
    """How a page was put straight before it was read, so that what is shown of it is what was read; `quarter`: degrees
    counter-clockwise, when it lay on its side or upside down."""

    tilt: float
    scale: float
    quarter: int = 0


class Result(msgspec.Struct, frozen=True):
    """`fields` by id; `pages` in their order. `fits` False: hardly a label of the form was found."""

    fields: Mapping[str, Found]
    pages: tuple[Seen, ...]
    fits: bool


@dataclass(frozen=True)
class Page:
    straight: Straight
    pieces: Sequence[Piece]


async def read(reader: Reader, pictures: Sequence[bytes], form: Form) -> Result:
    """`pictures`: the pages as we made them anew. Raises `NotRead`."""
    pages = [await _page(reader, number, picture) for number, picture in enumerate(pictures, 1)]
    result = await asyncio.to_thread(understood, pages, form)
    if result.fits:
        return result
    lying = [await reader.lies(page.straight.png()) for page in pages]
    if not any(lying):
        return result
    again = [
        await _page(reader, number, picture, -turn % 360)
        for number, (picture, turn) in enumerate(zip(pictures, lying, strict=True), 1)
    ]
    return await asyncio.to_thread(understood, again, form)


async def _page(reader: Reader, number: int, picture: bytes, quarter: int = 0) -> Page:
    straight = await asyncio.to_thread(_straight, picture, quarter)
    words = words_in(await reader.tsv(straight.png()), number)
    if _holds_number(words):
        raise NotRead("number")
    return Page(straight, pieces_of(words, straight.down))


def _holds_number(words: Sequence[Word]) -> bool:
    """In any line, also digit by digit in its boxes."""
    lines = groupby(words, key=lambda one: one.line)
    return any(contains_individual_number(" ".join(one.text for one in line)) for _, line in lines)


def understood(pages: Sequence[Page], form: Form) -> Result:
    """What was seen, put into the form; pure but for the pixels it looks at."""
    pieces = [piece for page in pages for piece in page.pieces]
    labels = labels_in(form, pieces, called(form))
    used = {id(piece) for label in labels.values() for piece in label.pieces}
    free = [piece for piece in pieces if id(piece) not in used]
    fields = {field.id: _found(field, labels.get(field.id), labels, free, pages) for field in form.fields.values()}
    needed = max(1, len(form.fields) // 4)
    seen = tuple(Seen(page.straight.tilt, page.straight.scale, page.straight.quarter) for page in pages)
    return Result(fields, seen, len(labels) >= needed)


def _straight(picture: bytes, quarter: int) -> Straight:
    with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG"]) as page:
        return straightened(page, quarter)


def _found(
    field: Field, label: Label | None, labels: Mapping[str, Label], free: Sequence[Piece], pages: Sequence[Page]
) -> Found:
    if label is None:
        return Found("none")
    straight = pages[label.box.page - 1].straight
    beside, beneath = area_of(label, list(labels.values()), straight.down, straight.across, one_row=_is_short(field))
    held = [*([label.rest] if label.rest else []), *within(free, beside)]
    area = beside
    if not held and (under := within(free, beneath)):
        held, area = under, beneath
    if field.kind in values.TICKED:
        return _ticked(field, label, held, straight.bare, area)
    return _written(field, label, held, area)


def _is_short(field: Field) -> bool:
    """Whether it is never written over several rows."""
    if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return (field.max_length or 0) <= ONE_ROW
    return field.kind not in values.TICKED


def _written(field: Field, label: Label, held: Sequence[Piece], area: Box) -> Found:
    lines = [joined([word for piece in line for word in piece.words]) for line in lines_of(held)]
    typed = values.written(field, lines)
    box = _shown(label, held, area)
    if not typed:
        return Found("none", (), box)
    figures = [word.sure for piece in held for word in piece.words for _ in word.text]
    mean = sum(figures) / len(figures)
    is_sure = mean >= SURE_FROM and min(figures) >= DOUBT and label.alike >= ALIKE
    return Found("high" if is_sure else "low", (typed,), box)


def _ticked(field: Field, label: Label, held: Sequence[Piece], bare: Image.Image, area: Box) -> Found:
    offered = values.options(field)
    found = ticks.options_in(offered, held, bare)
    chosen = ticks.ticked(found) or ticks.circled(found)
    box = _shown(label, held, area)
    if not chosen:
        return Found("none", (), box)
    one_too_many = len(chosen) > 1 and field.kind is not FieldKind.MANY_CHOICE
    whole = len(found) >= len(offered) - len(offered) // 4
    is_sure = ticks.clear(found) and not one_too_many and whole and label.alike >= ALIKE
    return Found(
        "high" if is_sure else "low", tuple(one.value for one in chosen[: None if not one_too_many else 1]), box
    )


def _shown(label: Label, held: Sequence[Piece], area: Box) -> Box:
    """What a person is shown of it: the label and all that was taken for its value."""
    box = label.box
    room = Box(area.page, area.left, box.top, min(area.right, area.left + 600), box.bottom)
    for piece in held:
        box = box.over(piece.box)
    return box if held else box.over(room)
