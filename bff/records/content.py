"""What a source told, as lines with a label: read by its manifest alone, so that no source needs a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from bff.connectors.manifest import Manifest, Shown
from life_events import Text

Names = Mapping[str, str]
"""How the people of her household are called, by the registry's own id."""
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class Kind(StrEnum):
    """How a value is to be written."""

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    MOMENT = "moment"
    YEN = "yen"
    NUMBER = "number"
    YES_NO = "yes_no"
    WORD = "word"


@dataclass(frozen=True)
class Value:
    """`text`: YYYY-MM-DD, YYYY-MM, an ISO moment, digits, `true` or `false`, or the text itself, by `kind`.

    `word`: what a code means; None: it is no code. `unit`: what a number counts; None: it is none, or says it itself.
    """

    kind: Kind
    text: str
    word: Text | None = None
    unit: Text | None = None


@dataclass(frozen=True)
class Line:
    """`values` is empty when nothing is held under this label. `field`: by its source, as a manifest names it."""

    label: Text
    values: tuple[Value, ...]
    field: str = ""


@dataclass(frozen=True)
class Group:
    """A list: `entries` is empty when nothing is in it. `label` None: its lines say enough."""

    label: Text | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Entry:
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]


NOTHING: Final = Entry((), ())


def content(part: msgspec.Struct, manifest: Manifest, names: Names) -> Entry:
    """Every field that the manifest shows, in the order of the shape."""
    return _entry(part, "", manifest, names)


def _entry(part: msgspec.Struct, within: str, manifest: Manifest, names: Names) -> Entry:
    shown = manifest.shown
    lines: list[Line] = []
    groups: list[Group] = []
    for name in part.__struct_fields__:
        field, value = f"{within}{name}", getattr(part, name)
        if any(other.startswith(f"{field}.") for other in shown):
            entries = tuple(_entry(each, f"{field}.", manifest, names) for each in _parts(value))
            label = shown[field].label if field in shown else None
            if label is None and isinstance(value, msgspec.Struct):
                lines += entries[0].lines
                groups += entries[0].groups
            elif label is not None or value is not None:
                groups.append(Group(label, entries))
        elif field in shown:
            values = tuple(_value(each, name, shown[field], names) for each in _each(value))
            lines.append(Line(shown[field].label, values, f"{manifest.id}.{field}"))
    return Entry(tuple(lines), tuple(groups))


def _parts(value: object) -> Iterator[msgspec.Struct]:
    return (each for each in _each(value) if isinstance(each, msgspec.Struct))


def _each(value: object) -> Iterable[object]:
    """What a field holds; an empty text is no more than nothing."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple | list | set | frozenset) else (value,)


def _value(value: object, name: str, shown: Shown, names: Names) -> Value:
    code = _written(value)
    if not isinstance(value, bool) and code in shown.codes:
        return Value(Kind.WORD, code, word=shown.codes[code])
    if name == "person":
        return Value(Kind.TEXT, names.get(code, code))
    return Value(_kind(value, name), code, unit=shown.unit)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(value: object, name: str) -> Kind:
    """A moment is a day too, and yes is a number too, so each is looked for first."""
    for kind, is_written_so in ((datetime, Kind.MOMENT), (date, Kind.DAY), (bool, Kind.YES_NO)):
        if isinstance(value, kind):
            return is_written_so
    if isinstance(value, str):
        return Kind.MONTH if _MONTH.fullmatch(value) else Kind.TEXT
    return Kind.YEN if name == "yen" or name.endswith("_yen") else Kind.NUMBER
