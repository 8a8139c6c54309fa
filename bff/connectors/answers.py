"""Stricter readings of an answer: no text in it holds a 個人番号, and a refusal is one of those the owner may give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final, TypeVar

import httpx
import msgspec

from bff.connectors.manifest import Manifest
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why
from life_events.individual_number import contains_individual_number

T = TypeVar("T")
_OWN_NUMBER: Final = re.compile(r"(?!(\d{12}|\d{4}-\d{4}-\d{4})$)[0-9A-Za-z-]+")
"""A number of the owner's own, as `K-20261210-0930-1`; one that has the form of a 個人番号 is searched all the same."""


class WrongField(msgspec.Struct, frozen=True):
    """A field the owner does not accept, and why in its own words."""

    field: Annotated[str, msgspec.Meta(max_length=200)]
    message: Annotated[str, msgspec.Meta(max_length=500)]


class Refused(Exception):
    """The owner does not do it; asking again the same way changes nothing.

    `reason` is one of the manifest's `refusals`, which has its words; `fields` is empty when it names none.
    """

    def __init__(self, source: str, reason: str, fields: tuple[WrongField, ...] = ()) -> None:
        super().__init__(f"{source} refused: {reason}")
        self.source = source
        self.reason = reason
        self.fields = fields


class _Refusal(msgspec.Struct, frozen=True):
    code: str
    fields: Annotated[tuple[WrongField, ...], msgspec.Meta(max_length=50)] = ()


def clean(answer: httpx.Response, shape: type[T], source: str) -> T:
    """As `told`; twelve digits with a valid check digit in any text are a wrong answer (番号法19条, 20条)."""
    wire = told(answer, shape, source)
    texts = _texts(msgspec.to_builtins(wire, builtin_types=(date, datetime)))
    if any(contains_individual_number(text) for text in texts if not _OWN_NUMBER.fullmatch(text)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def done(answer: httpx.Response, shape: type[T], manifest: Manifest) -> T:
    """What the owner did, as a `shape`; raises `Refused` for a 409 or 422 whose code is one of the `refusals`."""
    if answer.status_code not in (httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY):
        return clean(answer, shape, manifest.id)
    try:
        refusal = msgspec.json.decode(answer.content, type=_Refusal)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Silent(manifest.id, Why.WRONG_ANSWER) from wrong
    if refusal.code not in manifest.refusals:
        raise Silent(manifest.id, Why.WRONG_ANSWER)
    raise Refused(manifest.id, refusal.code, refusal.fields)


def agreed(manifest: Manifest, *held: bool) -> None:
    """Raises `Silent(wrong_answer)` unless every one of `held` is true: what has to fit together in one answer."""
    if not all(held):
        raise Silent(manifest.id, Why.WRONG_ANSWER)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
