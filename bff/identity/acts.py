"""Which role may do which act: one table (`acts.toml`), asked by every page of the officials."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Protocol

import msgspec

from bff.identity.roles import Role

ACTS = Path(__file__).with_name("acts.toml")
CAN_WAIT = frozenset(
    {
        *("payments_refund", "broadcasts_ask", "broadcasts_correct", "closures_ask", "guardians_confirm"),
        *("people_reset_passkey", "services_plan", "facilities_publish", "cases_decide", "reach_letters"),
        *("catalogue_publish", "banners_put", "banners_put_everywhere", "wards_stage", "records_disclose"),
    }
)
"""What is kept until a second person has agreed; anything else is done at once or not at all."""


class WrongActs(Exception):
    """The table of acts is no table of ours."""


class HasRoles(Protocol):
    @property
    def roles(self) -> frozenset[str]: ...


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`others`: roles of the second person it waits for; empty: one person is enough."""

    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1)]
    others: tuple[Role, ...] = ()

    @property
    def needs_two(self) -> bool:
        return bool(self.others)


@dataclass(frozen=True)
class Acts:
    """The whole table; an act that is not in it is a defect (`KeyError`), never allowed."""

    table: Mapping[str, Act]

    def may(self, official: HasRoles, act: str) -> bool:
        return not official.roles.isdisjoint(self.table[act].roles)

    def needs_two(self, act: str) -> bool:
        return self.table[act].needs_two

    def may_be_second(self, official: HasRoles, act: str) -> bool:
        """By role; that it is another person is for whoever knows the first."""
        return not official.roles.isdisjoint(self.table[act].others)


@cache
def shipped() -> Acts:
    return Acts(_read(ACTS))


def read(file: Path | None) -> Acts:
    """The table in `file`, or ours; raises `WrongActs` unless it names exactly our acts."""
    if file is None:
        return shipped()
    try:
        table = _read(file)
    except (OSError, ValueError, msgspec.MsgspecError) as wrong:
        raise WrongActs(f"{file}: {wrong}") from wrong
    if strange := set(table) ^ set(shipped().table):
        raise WrongActs(f"{file}: acts missing or unknown: {', '.join(sorted(strange))}")
    if waits := {name for name, act in table.items() if act.needs_two} - CAN_WAIT:
        raise WrongActs(f"{file}: cannot wait for a second person: {', '.join(sorted(waits))}")
    if not table["broadcasts_ask"].needs_two:
        raise WrongActs(f"{file}: what goes to many is approved by a second person")
    if not table["guardians_confirm"].needs_two:
        raise WrongActs(f"{file}: a legal guardian is confirmed by a second person")
    return Acts(table)


def may(official: HasRoles, act: str) -> bool:
    """By the table as shipped."""
    return shipped().may(official, act)


def _read(file: Path) -> dict[str, Act]:
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Act])
