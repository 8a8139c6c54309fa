"""The 12-digit 個人番号 must exist nowhere here; this finds one in a text so that it can be refused."""

import re
import unicodedata

LENGTH = 12
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d\u00b7\u30fb.,_/"
_RUN = re.compile(rf"[0-9]+(?:[\s{_DASHES}]{{1,3}}[0-9]+)*")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
_GROUP = re.compile("[0-9]+")


def contains_individual_number(text: str) -> bool:
    """Whether twelve digits with a valid check digit stand in `text`, whole or in groups, half or full width.

    A longer unbroken number (an account, a serial) is not taken apart.
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in plain)
    return any(_run_contains(_GROUP.findall(run)) for run in _RUN.findall(plain))


def _run_contains(groups: list[str]) -> bool:
    for start in range(len(groups)):
        digits = ""
        for group in groups[start:]:
            digits += group
            if len(digits) >= LENGTH:
                break
        if len(digits) == LENGTH and check_digit(digits[:-1]) == int(digits[-1]):
            return True
    return False


def check_digit(first_eleven: str) -> int:
    """The twelfth digit (平成26年総務省令85号5条): 11 less the weighted sum modulo 11; 0 when the rest is 0 or 1."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(first_eleven), _WEIGHTS, strict=True))
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest
