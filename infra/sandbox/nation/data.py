"""data/nation.toml: what the nation's registers hold beside people.toml."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from infra.sandbox.people import People, Persona, same

FILE = Path(__file__).parents[1] / "data" / "nation.toml"


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    holder: str
    state: Literal["valid", "expired", "used"]
    kind: Literal["current", "closed"]
    issued_on: object
    valid_until: object


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["land", "building", "company"]
    title: str
    state: Literal["open", "closed"]
    holder: str
    changed_on: object


class Numbers(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"institution": "収納機関番号", "payment": "納付番号", "confirmation": "確認番号", "kind": "納付区分"},
):
    """The four numbers printed on a slip."""

    institution: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}$")]
    payment: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}$")]
    confirmation: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}$")]
    kind: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,10}$")] | None = None


class Slip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content`: the tax, or what is paid for. Not paid and beyond its day, it has run out."""

    over: Literal["eltax", "payeasy"]
    numbers: Numbers
    payee: str
    content: str
    amount_yen: int
    due_on: object
    paid_on: object = None
    fiscal_year: int | None = None


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str


class Nation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By persona, or by number."""

    changes: dict[str, object]
    answers: dict[str, dict[str, Literal["yes", "no"]]]
    identifiers: dict[str, Code]
    extracts: dict[str, Register]
    slips: list[Slip]
    banks: list[Bank]
    coverage: dict[str, Literal["yes", "no"]]


def load_nation(path: Path = FILE) -> Nation:
    """Raises msgspec.ValidationError when the file does not have the shape above."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Nation)


def named(people: People, name: str) -> tuple[str, Persona] | None:
    """The persona who is called so, by which key."""
    return next(
        ((key, one) for key, one in people.residents.items() if one.name and same(one.name) == same(name)), None
    )
