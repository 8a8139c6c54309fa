"""Where in a TOML text a value stands, so that a wrong file can be mended at once.

A path is written as msgspec writes it: `$.form.sections[2].fields[0].kind`; `[...]` is any value of a table. A
statement is the fewest lines that TOML can read, so its own parser decides where one ends.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

Key = str | int
_HEADER = re.compile(r"\s*\[(\[)?([^\[\]]+)\]")
_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[(\.\.\.)\]")
_AT = re.compile(r" - at `(\$[^`]*)`$")
_FIELD = re.compile(r"^Object (missing required|contains unknown) field `([^`]+)`")
_TYPE = re.compile(r"^Expected `[^`]+`, got `([^`]+)`")
_ENUM = re.compile(r"^Invalid enum value '?(.*?)'?( - at|$)")
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "array": list, "object": dict}
_ANY = "..."
_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^."'=\s]+)""")
_OF_FORM = re.compile(r"^form (field|section) (\S+): (\w+)?")
_OF_KEY = re.compile(r"^`?([\w.]+)`?(:| differs)")


def line_of_error(text: str, error: str) -> int | None:
    """The line (from 1) at which msgspec's `error` lies; None: it cannot be told."""
    at = _AT.search(error)
    path = list(_parts(at[1] if at else "$"))
    found = next(_faulty(tomllib.loads(text), path, error), None)
    return None if found is None else line_of(text, found)


def line_of_fault(text: str, fault: str) -> int | None:
    """The line (from 1) of the key with which a `fault` of checking.py begins; None: it names no key of this file."""
    if of_form := _OF_FORM.match(fault):
        at = _in_form(tomllib.loads(text), of_form[1], of_form[2])
        return None if at is None else line_of(text, (*at, of_form[3] or ""))
    key = _OF_KEY.match(fault)
    return line_of(text, tuple(key[1].split("."))) if key else None


def line_of(text: str, path: tuple[Key, ...]) -> int | None:
    """The line of the nearest written part of `path`; None: no part of it is written."""
    lines = {found: number for number, found in _statements(text)}
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return _within(text, lines[path[:length]], path[length:])
    return None


def _parts(path: str) -> Iterator[Key]:
    for name, index, _ in _PART.findall(path):
        yield int(index) if index else name or _ANY


def _faulty(value: object, path: list[Key], error: str, walked: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """Every place `path` may mean whose value has the fault that `error` tells of; the whole path to it."""
    if not path:
        if (fault := _fault(value, error)) is not None:
            yield (*walked, *fault)
        return
    head, *rest = path
    if isinstance(value, dict):
        for key in value if head == _ANY else [head]:
            if key in value:
                yield from _faulty(value[key], rest, error, (*walked, key))
    elif isinstance(value, list) and isinstance(head, int) and head < len(value):
        yield from _faulty(value[head], rest, error, (*walked, head))


def _fault(value: object, error: str) -> tuple[Key, ...] | None:
    """How the path goes on from `value` to the fault; None: this value has no such fault."""
    if (field := _FIELD.match(error)) and isinstance(value, dict):
        if field[1] == "missing required":
            return None if field[2] in value else ()
        return (field[2],) if field[2] in value else None
    if kind := _TYPE.match(error):
        wanted = _TYPES.get(kind[1])
        return () if wanted is None or type(value) is wanted else None
    if enum := _ENUM.match(error):
        return () if str(value) == enum[1] else None
    if empty := re.match(r"the text for (\w+) is empty", error):
        written = isinstance(value, dict) and not str(value.get(empty[1], "")).strip()
        return (empty[1],) if written else None
    return ()


def _in_form(raw: dict[str, Any], kind: str, id: str) -> tuple[Key, ...] | None:
    """Where the section or the last field of that id stands; None: it comes from a block."""
    for number, section in reversed(list(enumerate(raw.get("form", {}).get("sections", ())))):
        if kind == "section" and section.get("id") == id:
            return ("form", "sections", number)
        for place, field in reversed(list(enumerate(section.get("fields", ())))):
            if kind == "field" and field.get("id") == id:
                return ("form", "sections", number, "fields", place)
    return None


def _statements(text: str) -> Iterator[tuple[int, tuple[Key, ...]]]:
    """Each table and each `key = value`: its line and its whole path."""
    lines = text.splitlines()
    counts: dict[tuple[Key, ...], int] = {}
    table: tuple[Key, ...] = ()
    number = 0
    while number < len(lines):
        if header := _HEADER.match(lines[number]):
            table = _table(header[2], bool(header[1]), counts)
            yield number + 1, table
            number += 1
            continue
        end, keys = _statement(lines, number)
        if keys:
            yield number + 1, (*table, *keys)
        number = end


def _table(name: str, one_of_many: bool, counts: dict[tuple[Key, ...], int]) -> tuple[Key, ...]:
    """The whole path of the table a header opens; in a list of tables, of the newest one."""
    names = _names(f"{name} = 0")
    path: tuple[Key, ...] = ()
    for part in names:
        path = (*path, part)
        if one_of_many and len(names) == len([key for key in path if isinstance(key, str)]):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _statement(lines: list[str], start: int) -> tuple[int, tuple[str, ...]]:
    """The line after the statement that begins at `start`, and its keys; an empty line has none."""
    for end in range(start + 1, len(lines) + 1):
        with suppress(tomllib.TOMLDecodeError):
            return end, _names("\n".join(lines[start:end]))
    return start + 1, ()


def _names(statement: str) -> tuple[str, ...]:
    """The keys of one dotted `a.b = value`; a value that is a table is not looked into."""
    written = tomllib.loads(statement)
    before, _, _ = statement.partition("=")
    dots = len(_KEY.findall(before))
    names: list[str] = []
    inner: object = written
    while isinstance(inner, dict) and inner and len(names) < dots:
        name = next(iter(inner))
        names.append(name)
        inner = inner[name]
    return tuple(names)


def _within(text: str, line: int, rest: tuple[Key, ...]) -> int:
    """The line of the item `rest[0]` of a list written over several lines; else the line of the statement."""
    if not rest or not isinstance(rest[0], int):
        return line
    lines = text.splitlines()
    for end in range(line, len(lines) + 1):
        for closed in ("", "]"):
            with suppress(tomllib.TOMLDecodeError):
                written = tomllib.loads("\n".join(lines[line - 1 : end]) + closed)
                if len(next(iter(written.values()))) > rest[0]:
                    return end
    return line
