"""What a connector tells is shown to her whole and in words: fields, lists and codes, by the manifest alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from bff.connectors.listed import CONNECTORS
from bff.connectors.shapes import Connector

every_connector = pytest.mark.parametrize("kind", CONNECTORS, ids=lambda kind: kind.manifest.id)


@every_connector
def test_every_field_that_is_told_is_shown_or_said_to_be_hidden(kind: type[Connector]) -> None:
    manifest, shape = kind.manifest, getattr(kind, "shape", None)
    if manifest.exposure not in ("home", "records") or manifest.service.startswith("own/"):
        return
    assert shape is not None, "records are told in a shape"
    told = set(_fields(shape))
    named = {*manifest.shown, *manifest.hidden}
    assert told <= named
    lists = {field.rpartition(".")[0] for field in told}
    assert named - told <= lists | {field.rpartition(".")[0] for field in lists}, "only a list has a name beside"
    assert not set(manifest.shown) & set(manifest.hidden)


@every_connector
def test_every_code_that_is_shown_has_its_word(kind: type[Connector]) -> None:
    shape: Any = getattr(kind, "shape", None)
    if kind.manifest.shown:
        codes = {field: codes for field, codes in _codes(shape) if field in kind.manifest.shown}
        assert {field: codes - set(kind.manifest.shown[field].codes) for field, codes in codes.items()} == {
            field: set() for field in codes
        }


def _fields(shape: type[msgspec.Struct]) -> list[str]:
    """Every field of the shape, and of the structures in it, as `field` or `list.field`."""
    found = []
    for name, hint in get_type_hints(shape).items():
        inner = _struct_in(hint)
        found += [f"{name}.{each}" for each in _fields(inner)] if inner else [name]
    return found


def _codes(shape: type[msgspec.Struct], within: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every field that holds one of a closed list of words, with those words."""
    for name, hint in get_type_hints(shape).items():
        inner = _struct_in(hint)
        if inner:
            yield from _codes(inner, f"{within}{name}.")
        elif words := _words_in(hint):
            yield f"{within}{name}", words


def _words_in(hint: Any) -> set[str]:
    if get_origin(hint) is Literal:
        return {word for word in get_args(hint) if isinstance(word, str)}
    return {word for each in get_args(hint) for word in _words_in(each)}


def _struct_in(hint: Any) -> type[msgspec.Struct] | None:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    arguments = getattr(hint, "__args__", ())
    return next((found for each in arguments if (found := _struct_in(each))), None)
