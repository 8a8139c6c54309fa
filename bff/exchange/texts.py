"""Words for people about readings: why a source is silent, what a reading was for, on what it rests, how it went."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from life_events.terms import Text


@cache
def _kinds() -> dict[str, dict[str, Text]]:
    kinds = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
    return msgspec.convert(kinds, dict[str, dict[str, Text]])


def why_text(why: str) -> Text:
    """Why a source is silent; `why` is a `Why`."""
    return _kinds()["why"][why]


def outcome_text(outcome: str, *, incoming: bool = False) -> Text:
    """How a logged reading went: `answered` or a `Why`; `incoming`: how something told to us was taken."""
    if incoming:
        taken = _kinds()["incoming"]
        return taken.get(outcome, taken["refused"])
    return _kinds()["outcome"].get(outcome) or why_text(outcome)


def source_text(source: str) -> Text:
    """How something is called that is asked and is no connector; its id when it is not known any more."""
    return _kinds()["source"].get(source, Text(ja=source, easy=source, en=source))


def purpose_text(code: str) -> Text:
    """What a reading was for; a code from a time before this version gets a general sentence."""
    purposes = _kinds()["purpose"]
    return purposes.get(code, purposes["unknown"])


def basis_text(code: str) -> Text:
    """On what a reading rested; a code from a time before this version gets a general sentence."""
    bases = _kinds()["basis"]
    return bases.get(code, bases["unknown"])


def look_text(outcome: str) -> Text:
    """How a look within the house went; anything but `answered` was refused."""
    looks = _kinds()["within"]
    return looks.get(outcome, looks["refused"])


def what_text(code: str) -> Text:
    """What kind of data was looked at within the house."""
    kinds = _kinds()["what"]
    return kinds.get(code, kinds["unknown"])


def who_text(kind: str) -> Text:
    """Who looked; `official` has places for ward, office and role."""
    return _kinds()["who"][kind]


def role_text(role: str) -> Text:
    roles = _kinds()["role"]
    return roles.get(role, roles["unknown"])
