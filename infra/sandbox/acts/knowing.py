"""Whom an owner knows, and which contracts it holds of them, from the same files as its records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from infra.sandbox.acts.desk import Asked, Stranger
from infra.sandbox.people import People, find
from infra.sandbox.records import FOLDER
from infra.sandbox.settings import Clock


def persona(people: People, clock: Clock, asked: Asked, *, by_birth_date: bool = False) -> str:
    """The persona's name in people.toml; raises `Stranger`."""
    found = find(people, asked.subject.items, clock.today(), by_birth_date=by_birth_date)
    name = next((name for name, one in people.residents.items() if one is found), None)
    if name is None:
        raise Stranger
    return name


def held(records: str, items: str, field: str) -> Mapping[str, list[str]]:
    """By persona, the `field` of each of the `items` in a file of data/records."""
    holds = tomllib.loads((FOLDER / f"{records}.toml").read_text(encoding="utf-8"))["holds"]
    return {name: [one[field] for one in answer[items]] for name, answer in holds.items()}


def powered(people: People) -> Mapping[str, list[str]]:
    """Contracts for power, which are in people.toml."""
    return {
        name: [one["number"] for one in resident.electricity["contracts"]]  # type: ignore[attr-defined]
        for name, resident in people.residents.items()
        if resident.electricity
    }
