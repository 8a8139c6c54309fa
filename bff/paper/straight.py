"""A page made ready to be read: upright enough, its paper white and its ink black."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageOps

MOST_TILT: Final = 6.0
STEP, FINE = 1.0, 0.25
LEAST_TILT: Final = 0.2
SMALL: Final = 360
"""Pixels across at which the tilt is looked for."""
BEST_WIDTH: Final = 1240
"""A4 at 150 dots an inch; narrower pages are made larger, since Tesseract wants letters of some twenty pixels."""
WIDEST: Final = 2480
INK: Final = 150
SHORT_RULE: Final = 64
"""Pixels; no stroke of a letter is as long."""


@dataclass(frozen=True)
class Straight:
    """`grey`: to be read; `down`, `across`: where the rules of its tables are (255).

    `tilt`: degrees it was turned by (counter-clockwise), `scale`: times it was made larger; `quarter`: degrees it was
    turned by before that, since it lay on its side or upside down.
    """

    grey: Image.Image
    down: Image.Image
    across: Image.Image
    tilt: float
    scale: float
    quarter: int

    @cached_property
    def bare(self) -> Image.Image:
        """Without the rules of its tables, among which Tesseract loses short words."""
        bare = self.grey.copy()
        bare.paste(255, mask=ImageChops.lighter(self.down, self.across).filter(ImageFilter.MaxFilter(3)))
        return bare

    def png(self) -> bytes:
        written = io.BytesIO()
        self.bare.save(written, "PNG", compress_level=1)
        return written.getvalue()


def straightened(page: Image.Image, quarter: int = 0) -> Straight:
    """Slow (a quarter of a second): to be called in a thread."""
    grey = upright(page.convert("L"), quarter)
    scale = 1.0
    if not BEST_WIDTH <= grey.width <= WIDEST:
        scale = min(max(BEST_WIDTH / grey.width, 0.25), 3.0) if grey.width < BEST_WIDTH else WIDEST / grey.width
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
    grey = _cleared(grey)
    tilt = tilt_of(grey)
    if abs(tilt) < LEAST_TILT:
        tilt = 0.0
    else:
        grey = turned(grey, tilt)
    ink = grey.point(lambda light: 255 if light < INK else 0)
    long = SHORT_RULE if grey.width < BEST_WIDTH * 3 // 2 else 2 * SHORT_RULE
    return Straight(grey, _runs(ink, long, (0, 1)), _runs(ink, long, (1, 0)), tilt, scale, quarter)


def upright(picture: Image.Image, quarter: int) -> Image.Image:
    """Turned by so many quarters, counter-clockwise in degrees."""
    how = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return picture.transpose(how[quarter]) if quarter else picture


def turned(picture: Image.Image, tilt: float) -> Image.Image:
    """By so many degrees, the size kept; what comes in at the edges is paper."""
    white: int | tuple[int, ...] = 255 if picture.mode == "L" else (255,) * len(picture.getbands())
    return picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=white)


def tilt_of(grey: Image.Image) -> float:
    """By how many degrees it must be turned so that its lines are level: then rows are most unlike each other."""
    small = ImageOps.invert(ImageOps.autocontrast(grey, cutoff=1)).resize(
        (SMALL, max(1, round(grey.height * SMALL / grey.width))), Image.Resampling.BOX
    )
    small = small.point([0 if one < 60 else one for one in range(256)])  # noqa: PLR2004 - paper, not ink

    def level(tilt: float) -> float:
        rows = small.rotate(tilt, Image.Resampling.BILINEAR, fillcolor=0).resize(
            (1, small.height), Image.Resampling.BOX
        )
        said = rows.tobytes()
        return float(sum((one - after) ** 2 for one, after in itertools.pairwise(said)))

    steps = int(MOST_TILT / STEP)
    rough = max((number * STEP for number in range(-steps, steps + 1)), key=level)
    around = int(STEP / FINE)
    best = max((rough + number * FINE for number in range(-around, around + 1)), key=level)
    return best if level(best) > level(0.0) * 1.05 else 0.0


def _runs(ink: Image.Image, long: int, way: tuple[int, int]) -> Image.Image:
    """The ink that goes on for `long` pixels (a power of two) that way: worn away by doubling steps, and grown back."""
    steps = [2**power for power in range(long.bit_length() - 1)]
    left = ink
    for step in steps:
        left = ImageChops.darker(left, ImageChops.offset(left, -step * way[0], -step * way[1]))
    for step in steps:
        left = ImageChops.lighter(left, ImageChops.offset(left, step * way[0], step * way[1]))
    return left


def _cleared(grey: Image.Image) -> Image.Image:
    """Uneven light divided out, so that a shadow over a photograph is paper."""
    around = grey.resize((max(1, grey.width // 16), max(1, grey.height // 16)), Image.Resampling.BOX)
    paper = around.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    paper = paper.resize(grey.size, Image.Resampling.BILINEAR)
    light = _over(grey, paper)
    return ImageOps.autocontrast(light, cutoff=(0.5, 2))


def _over(grey: Image.Image, paper: Image.Image) -> Image.Image:
    """grey / paper * 255, by what Pillow has: white stays white."""
    divided = ImageMath.lambda_eval(
        lambda said: said["convert"](said["min"](said["float"](said["a"]) * 255 / said["max"](said["b"], 1), 255), "L"),
        a=grey,
        b=paper,
    )
    assert isinstance(divided, Image.Image)
    return divided
