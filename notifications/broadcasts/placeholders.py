"""Named gaps in a text, such as 「{{ 会場 }}」, and what is put into them.

The language is Jinja2's, in its sandbox, and of it nothing but a name between two pairs of braces: no attribute, call,
filter, block or comment gets as far as being run, so a text can neither reach anything nor grow without measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LAST_DAY: Final = "期限"
ALWAYS: Final = ("区", "差出人", "配信日", LAST_DAY)
"""Filled in by the mail room on the day of sending."""
LONGEST_NAME: Final = 20
LONGEST_TEXT: Final = 4000
MOST_GAPS: Final = 50


JINJAS_OWN: Final = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})


class Misplaced(Exception):
    """More than names stand between braces. `said`: the first line of it that cannot be read."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def names_in(text: str) -> tuple[str, ...]:
    """The gaps of a text, each once, in their order. Raises Misplaced."""
    return tuple(dict.fromkeys(_names(text)))


def unknown_in(text: str, known: Iterable[str] = ALWAYS) -> tuple[str, ...]:
    """Gaps that nothing would be put into. Raises Misplaced."""
    there = set(known)
    return tuple(name for name in names_in(text) if name not in there)


def filled(text: str, values: Mapping[str, str]) -> str:
    """What is put in is put in as it is: braces in a value stay braces. A gap without a value stays as it was written.

    Raises Misplaced.
    """
    gaps = {name: "{{ " + name + " }}" for name in names_in(text)}
    return _environment().from_string(text).render(gaps | dict(values))


def _names(text: str) -> list[str]:
    if "{" not in text:
        return []
    if len(text) > LONGEST_TEXT:
        raise Misplaced(text[:LONGEST_NAME])
    try:
        parsed = _environment().parse(text)
    except (TemplateSyntaxError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 1)
        raise Misplaced(text.split("\n")[line - 1 : line][0][:60] if text else "") from wrong
    found: list[str] = []
    for part in parsed.body:
        if not isinstance(part, nodes.Output):
            raise Misplaced(_line(text, part.lineno))
        found += _names_of(text, part)
    if len(found) > MOST_GAPS:
        raise Misplaced(f"{{{{ {found[MOST_GAPS]} }}}}")
    return found


def _names_of(text: str, part: nodes.Output) -> list[str]:
    found = []
    for one in part.nodes:
        if isinstance(one, nodes.Name) and _is_name(one.name):
            found.append(one.name)
        elif not isinstance(one, nodes.TemplateData):
            raise Misplaced(_line(text, one.lineno))
    return found


def _is_name(said: str) -> bool:
    return len(said) <= LONGEST_NAME and not said.startswith("_") and said not in JINJAS_OWN


def _line(text: str, number: int) -> str:
    return text.split("\n")[number - 1][:60]


def _environment() -> ImmutableSandboxedEnvironment:
    """One a text: a compiled template of one writer is nobody else's. `#` begins no comment in what officials write."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        comment_start_string="{\x00#",
        comment_end_string="#\x00}",
        cache_size=0,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment
