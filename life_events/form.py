"""Forms: how a TOML file describes one, and the form a person sees, filled with what is known."""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from life_events.terms import Text


class FieldKind(enum.Enum):
    TEXT = "text"
    KANA = "kana"
    LONG_TEXT = "long_text"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    CHOICE = "choice"
    MANY_CHOICE = "many_choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    POSTAL_CODE = "postal_code"
    NUMBER = "number"
    AGREEMENT = "agreement"


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    value: str
    label: Text


class ShowIf(Struct, frozen=True, forbid_unknown_fields=True):
    """The field is shown only while the other field `field` holds `equals`."""

    field: str
    equals: str | bool


class Refuse(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer that ends the form here, with the way that is open instead."""

    equals: str | bool
    code: str
    message: Text


class FieldSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field in a TOML file. `window`: a pair of numbers in law around today; `days_from`/`days_to`: the same, plain.

    `open_days_of`: only days on which that ward's office takes visits; needs a first and a last day.
    `not_before`: the path of a day that comes first; `lies_in`: an address must name the ward she told she moves to.
    `prefill` and `choices_from` are paths of paths.py. `max_length` counts characters. `term`: the name (GIF where it
    has one, after `me.`, `household.` or `subject.`) under which an answer is entered once and used in every form;
    after `event.` for as long as one event lasts. What is true of one form alone has none.
    """

    id: str
    kind: FieldKind
    label: Text
    help: Text | None = None
    required: bool = True
    max_length: int | None = None
    pattern: str | None = None
    window: str | None = None
    days_from: int | None = None
    days_to: int | None = None
    open_days_of: Literal["own_ward", "new_ward"] | None = None
    not_before: str | None = None
    lies_in: Literal["new_ward"] | None = None
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["household.members", "household.children"] | None = None
    show_if: ShowIf | None = None
    prefill: str | None = None
    term: str | None = None
    refuse: Refuse | None = None


class SectionSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """`use` names a file of data/blocks whose fields come first; its title stands in when there is none here."""

    id: str
    title: Text | None = None
    fields: tuple[FieldSpec, ...] = ()
    use: str | None = None


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/blocks: fields that stand in many forms (GIF 451-1 A票)."""

    id: str
    title: Text
    fields: tuple[FieldSpec, ...]


class FormSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`submit_to` may hold {ward}. `version` is made when loading, from the whole definition."""

    intro: Text
    submit_to: Text
    sections: tuple[SectionSpec, ...]
    version: str = ""


class Prefill(Struct, frozen=True):
    """A value somebody already told, as JSON, and who told it.

    Source `entered`: she wrote it herself in a form she sent; then `procedure` is that form's, and `at` when.
    `path` of paths.py: which fact it is, when a source told it.
    """

    value: str | bool | tuple[str, ...]
    source: str
    procedure: str | None = None
    at: datetime | None = None
    path: str = ""


class Field(Struct, frozen=True, kw_only=True):
    """`min_date`, `max_date` are inclusive; `closed_days` between them are not taken.

    `pattern` must match the whole value and means the same in a browser.
    """

    id: str
    label: Text
    help: Text | None
    kind: FieldKind
    required: bool
    max_length: int | None = None
    pattern: str | None = None
    min_date: date | None = None
    max_date: date | None = None
    closed_days: tuple[date, ...] = ()
    choices: tuple[Choice, ...] = ()
    show_if: ShowIf | None = None
    prefill: Prefill | None = None
    term: str | None = None
    refuse: Refuse | None = None


class Section(Struct, frozen=True):
    id: str
    title: Text
    fields: tuple[Field, ...]


class Form(Struct, frozen=True, kw_only=True):
    """`version` changes whenever the definition does; `subject` is the household member it is about.

    `held_back`: sources that would fill in fields of it and may not.
    """

    procedure: str
    version: str
    subject: str | None
    title: Text
    intro: Text
    submit_to: Text
    sections: tuple[Section, ...]
    held_back: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, Field]:
        return {field.id: field for section in self.sections for field in section.fields}


DEFAULT_PATTERNS = {
    FieldKind.KANA: "[ァ-ヺー・\u3000 ]+",
    FieldKind.PHONE: "(?:0|[+]81-?)[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}",
    FieldKind.POSTAL_CODE: "[0-9]{3}-?[0-9]{4}",
    FieldKind.NUMBER: "[0-9]+",
    FieldKind.MONTH: "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])",
    FieldKind.TIME: "(?:[01][0-9]|2[0-3]):[0-5][0-9]",
}
DEFAULT_LENGTHS = {
    FieldKind.TEXT: 100,
    FieldKind.KANA: 100,
    FieldKind.LONG_TEXT: 1000,
    FieldKind.PHONE: 16,
    FieldKind.POSTAL_CODE: 8,
    FieldKind.NUMBER: 12,
    FieldKind.MONTH: 7,
    FieldKind.TIME: 5,
}


def bare(spec: FieldSpec) -> Field:
    """The field as it stands in the file: for nobody yet, and on no day."""
    return Field(
        id=spec.id,
        label=spec.label,
        help=spec.help,
        kind=spec.kind,
        required=spec.required,
        max_length=spec.max_length or DEFAULT_LENGTHS.get(spec.kind),
        pattern=spec.pattern or DEFAULT_PATTERNS.get(spec.kind),
        choices=spec.choices,
        show_if=spec.show_if,
        term=spec.term,
        refuse=spec.refuse,
    )
