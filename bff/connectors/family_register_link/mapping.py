"""From the family register's answers to a `Relationship` and an `IdentifierState`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, clean
from bff.connectors.bounds import Line
from bff.connectors.manifest import Manifest

Relation = Literal["spouse", "former_spouse", "parent", "child"]
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{8,40}$")]


class Other(msgspec.Struct, frozen=True):
    name: Line
    birth_date: date


class Relationship(msgspec.Struct, frozen=True):
    """`unknown`: the register as it is linked cannot tell, for instance because an old one was never digitised."""

    relation: Relation
    confirmed: Literal["yes", "no", "unknown"]
    as_of: date


class IdentifierState(msgspec.Struct, frozen=True):
    """`kind`: of a current register (戸籍) or one that was closed (除籍); both days are None for an unknown code."""

    state: Literal["valid", "expired", "used", "unknown"]
    kind: Literal["current", "closed"] | None
    issued_on: date | None
    valid_until: date | None


def relationship(answer: httpx.Response, manifest: Manifest, relation: str) -> Relationship:
    """Another relation than was asked for is a wrong answer."""
    wire = clean(answer, Relationship, manifest.id)
    agreed(manifest, wire.relation == relation)
    return wire


def identifier(answer: httpx.Response, manifest: Manifest) -> IdentifierState:
    """A code that ends before it begins, a known one without its days, or an unknown one with some, is wrong."""
    wire = clean(answer, IdentifierState, manifest.id)
    is_known = wire.state != "unknown"
    agreed(manifest, all((one is not None) is is_known for one in (wire.kind, wire.issued_on, wire.valid_until)))
    if wire.issued_on and wire.valid_until:
        agreed(manifest, wire.issued_on <= wire.valid_until)
    return wire
