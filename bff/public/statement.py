"""What was tested of the accessibility of the app and these pages: `statement.toml`, in the form in which the
ウェブアクセシビリティ基盤委員会 asks for results of a test against JIS X 8341-3:2016."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from life_events import Text

Degree = Literal["conforms", "partly", "considered"]
"""準拠: every criterion met, by a test; 一部準拠: some not yet; 配慮: looked after, without a whole test."""
State = Literal["met", "machine", "fails", "none_here", "not_tested"]
"""met: a person tried it on every page; machine: no violation as far as a program can tell; none_here: there is nothing
it speaks of; the others as they say."""


class Method(Struct, frozen=True, forbid_unknown_fields=True):
    """How it was looked at; `where`: the file of the tests that does it, for whoever wants to repeat it."""

    what: Text
    where: str


class Failing(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known not to work for everybody, and how else it goes."""

    what: Text
    instead: Text
    criteria: tuple[str, ...] = ()


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    """`shown`: the tests that show it, each as its file and name."""

    number: str
    level: Literal["A", "AA"]
    ja: str
    en: str
    state: State
    shown: tuple[str, ...] = ()


class Statement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`period`: first and last day of the tests. `beyond`: the criteria that WCAG 2.1 and 2.2 add to the standard."""

    standard: str
    level: Literal["A", "AA", "AAA"]
    degree: Degree
    stated: date
    period: tuple[date, date]
    technologies: tuple[str, ...]
    browsers: tuple[str, ...]
    scope: Text
    selection: Text
    contact: Text
    method: tuple[Method, ...]
    failing: tuple[Failing, ...]
    criterion: tuple[Criterion, ...]
    beyond: tuple[Criterion, ...] = ()

    @property
    def counts(self) -> Mapping[State, int]:
        return Counter(one.state for one in self.criterion)


@cache
def statement() -> Statement:
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("statement.toml").read_text("utf-8")), Statement)
