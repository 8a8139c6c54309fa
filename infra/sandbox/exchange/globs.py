"""Methods and paths that are granted: `*` is anything but a slash, `**` anything, `\\*` a star."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\\([*\\])|(\*\*)|(\*)|(.)", re.DOTALL)
ANY: Final = "*"


class Endpoint(NamedTuple):
    """`method` may be `*`; `path` is a glob over the decoded, normalised path after the service's own."""

    method: str
    path: str


@dataclass(frozen=True)
class Endpoints:
    """What a right is given for; asked with a method and a path, it says whether they are among it."""

    each: tuple[Endpoint, ...]

    def __call__(self, method: str, path: str) -> bool:
        return any(one.method in (ANY, method) and matches(one.path, path) for one in self.each)


def endpoints(*each: str) -> Endpoints:
    """From `POST /query` and the like."""
    return Endpoints(tuple(Endpoint(*one.split(" ", 1)) for one in each))


def matches(glob: str, path: str) -> bool:
    return _pattern(glob).fullmatch(path) is not None


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("".join(_part(token) for token in _TOKEN.finditer(glob)), re.DOTALL)


def _part(token: re.Match[str]) -> str:
    escaped, any_path, any_segment, plain = token.groups()
    if any_path:
        return ".*"
    if any_segment:
        return "[^/]*"
    return re.escape(escaped or plain)
