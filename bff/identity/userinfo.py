"""What an identity provider says of a person; tolerant, as デジタル認証アプリ publishes no value formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec

from bff.identity.basics import Basics
from bff.identity.roles import ROLES, Role

_DATE = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_LONGEST = 300
_LONGEST_DATE = 40


class OfficialClaims(msgspec.Struct, frozen=True):
    """An official as the staff realm describes her; read strictly, since rights rest on it."""

    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    ward: Annotated[str, msgspec.Meta(pattern=r"^13[0-9]{4}$")]
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=len(ROLES))]
    department: Annotated[str, msgspec.Meta(max_length=200)] = ""
    school: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def __post_init__(self) -> None:
        if "school" in self.roles and not self.school:
            raise ValueError("who speaks for a school is told which")


def basics_of(claims: Mapping[str, object]) -> Basics:
    """The 基本4情報 in `claims`. Absent or declined keys are empty; an unknown or partial date is no date and is
    kept as it was written; the address may be a string or an OpenID Connect address object; gender is opaque."""
    born = _day(claims.get("birthdate"))
    return Basics(
        name=_line(claims.get("name")),
        address=_address(claims.get("address")),
        birth_date=born,
        gender=_line(claims.get("gender")) or None,
        birth_told="" if born else _line(claims.get("birthdate"))[:_LONGEST_DATE],
    )


def official_of(claims: Mapping[str, object]) -> OfficialClaims:
    """Raises `msgspec.ValidationError` when anything that rights rest on is missing or otherwise written."""
    return msgspec.convert(dict(claims), OfficialClaims)


def _line(value: object) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def _address(value: object) -> str:
    return _line(value.get("formatted")) if isinstance(value, dict) else _line(value)


def _day(value: object) -> date | None:
    found = _DATE.fullmatch(_line(value))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
