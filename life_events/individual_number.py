"""The 12-digit 個人番号 must exist nowhere here; this finds one in a text so that it can be refused.

The app has the same rules in `pwa/data/individual-number.ts`; `tests/shape/individual_numbers.json` holds both to them.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LENGTH = 12
MOST_BETWEEN = 4
"""Signs between two groups of digits; white space counts once, what is invisible not at all."""
_WEIGHTS = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
_ONE_NUMBER = ({1}, {4}, {LENGTH})
"""Digit by digit as in a form's boxes, in fours as on the card, or whole."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_JAPAN_CALLING = re.compile("[+\uff0b]81")
_GROUP = re.compile("[0-9]+")
_WHITE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W_]")
_LONG_VOWELS = "\u30fc\uff70"
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
_UNSEEN = "\u200b"


def contains_individual_number(text: str) -> bool:
    """Whether twelve decimal digits of any script with a valid check digit stand in `text`, whole or in groups.

    Only whole groups are put together, so that an unbroken number of another length (an account, a serial) is not
    taken apart; groups of odd sizes only when one and the same sign parts them, so that neither a date beside a time
    nor two telephone numbers are taken for one number. `+81` begins a telephone number.
    """
    plain = _JAPAN_CALLING.sub("x", _BEYOND_ASCII.sub(_plain, text))
    return any(check_digit(number[:-1]) == int(number[-1]) for number in _candidates(plain))


def check_digit(first_eleven: str) -> int:
    """The twelfth digit (平成26年総務省令85号5条): 11 less the weighted sum modulo 11; 0 when the rest is 0 or 1."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(first_eleven), _WEIGHTS, strict=True))
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


def _plain(found: re.Match[str]) -> str:
    """A letter beyond ASCII as the search reads it; a digit in a circle or raised stands by itself, as in ①1234."""
    letter = found[0]
    if letter in _LONG_VOWELS:
        return "-"
    if letter in _BLANK_LETTERS or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return _UNSEEN
    digit = unicodedata.normalize("NFKC", letter)
    if len(digit) == 1 and digit.isdecimal():
        value = str(unicodedata.decimal(digit))
        return value if letter.isdecimal() else f" {value} "
    return letter


def _candidates(plain: str) -> Iterator[str]:
    """Every run of whole groups that has twelve digits and may be one number."""
    found = list(_GROUP.finditer(plain))
    groups = [one[0] for one in found]
    signs = [*(_sign(plain[one.end() : after.start()]) for one, after in pairwise(found)), None]
    for first in range(len(groups)):
        last, length = first, len(groups[first])
        while length < LENGTH and signs[last] is not None:
            last += 1
            length += len(groups[last])
        if length == LENGTH and _may_be_one(groups[first : last + 1], signs[first:last]):
            yield "".join(groups[first : last + 1])


def _sign(between: str) -> str | None:
    """What parts two groups, without the space around it; empty when invisible. None: they do not belong together."""
    seen = _WHITE.sub(lambda white: "\n" if "\n" in white[0] else " ", between.replace(_UNSEEN, ""))
    if len(seen) > MOST_BETWEEN or _LETTER.search(seen):
        return None
    return seen.strip() or seen


def _may_be_one(groups: list[str], signs: list[str | None]) -> bool:
    return {len(group) for group in groups} in _ONE_NUMBER or len({sign for sign in signs if sign}) <= 1
