"""The index the phone searches without a network: what a procedure is called, officially and in everyday words.

It holds plain texts and knows nothing of how they are matched; that is pwa/data/search.ts alone.
"""

import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from life_events import BundleSpec, Catalogue, Procedure, Text
from life_events.loading import DATA


class Entry(Struct, frozen=True, omit_defaults=True):
    """`name`, `official`: ja, easy, en. `words`: keywords. `text`: what it is, in three languages."""

    id: str
    name: tuple[str, str, str]
    official: tuple[str, str, str]
    operator: str
    kana: str = ""
    words: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    law: str = ""


class Event(Struct, frozen=True):
    id: str
    name: tuple[str, str, str]
    procedures: tuple[str, ...]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The file data/words/synonyms.toml."""

    fillers: tuple[str, ...]
    elsewhere: tuple[str, ...]
    acts: tuple[str, ...]
    deeds: tuple[tuple[str, ...], ...]
    turns: tuple[tuple[str, ...], ...]
    synonyms: tuple[tuple[str, ...], ...]


class Index(Struct, frozen=True):
    version: str
    entries: tuple[Entry, ...]
    events: tuple[Event, ...]
    fillers: tuple[str, ...]
    elsewhere: tuple[str, ...]
    acts: tuple[str, ...]
    deeds: tuple[tuple[str, ...], ...]
    turns: tuple[tuple[str, ...], ...]
    synonyms: tuple[tuple[str, ...], ...]


def build(catalogue: Catalogue, version: str, words: Path = DATA / "words" / "synonyms.toml") -> bytes:
    """search.json"""
    said = msgspec.convert(tomllib.loads(words.read_text(encoding="utf-8")), Words)
    index = Index(
        version,
        tuple(_entry(catalogue, one) for _, one in sorted(catalogue.procedures.items())),
        tuple(_event(bundle) for bundle in catalogue.bundles),
        said.fillers,
        said.elsewhere,
        said.acts,
        said.deeds,
        said.turns,
        said.synonyms,
    )
    return msgspec.json.encode(index)


def _entry(catalogue: Catalogue, one: Procedure) -> Entry:
    return Entry(
        id=one.id,
        name=_languages(one.name),
        official=_languages(one.official_name),
        operator=one.operator.value,
        kana=one.kana,
        words=(*one.keywords.ja, *one.keywords.en, *_vaccines(catalogue, one)),
        text=_languages(one.summary) if one.summary else (),
        law=one.law or "",
    )


def _vaccines(catalogue: Catalogue, one: Procedure) -> tuple[str, ...]:
    """The names of the vaccines a procedure is about; `fact_sheet` lists them."""
    about = [vaccine.name for vaccine in catalogue.law.vaccines if vaccine.id in one.fact_sheet.split()]
    return tuple(word for name in about for word in _languages(name))


def _event(bundle: BundleSpec) -> Event:
    return Event(bundle.id, _languages(bundle.name), bundle.procedures)


def _languages(text: Text) -> tuple[str, str, str]:
    return text.ja, text.easy, text.en
