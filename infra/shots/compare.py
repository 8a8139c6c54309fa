"""Two pictures of one screen, laid over each other."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

SEEN = 24
"""A channel that differs by less is what a font's edge does."""


def changed(now: Path, reviewed: Path, marked: Path) -> float:
    """The share of pixels that differ; where any do, `marked` becomes the new picture, pale, with them in red."""
    new, old = Image.open(now).convert("RGB"), Image.open(reviewed).convert("RGB")
    size = (max(new.width, old.width), max(new.height, old.height))
    new, old = _on(size, new, (255, 255, 255)), _on(size, old, (255, 0, 255))
    loudest = _loudest(ImageChops.difference(new, old)).point(lambda depth: 255 if depth > SEEN else 0)
    ratio = loudest.histogram()[255] / (size[0] * size[1])
    if ratio:
        marked.parent.mkdir(parents=True, exist_ok=True)
        pale = Image.blend(new, Image.new("RGB", size, (255, 255, 255)), 0.7)
        pale.paste((206, 0, 0), mask=loudest)
        pale.save(marked)
    return ratio


def _on(size: tuple[int, int], picture: Image.Image, ground: tuple[int, int, int]) -> Image.Image:
    sheet = Image.new("RGB", size, ground)
    sheet.paste(picture)
    return sheet


def _loudest(difference: Image.Image) -> Image.Image:
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)
