"""The forms as published: the real items of each, so that another system can ask for the same things."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from infra.catalogue.shapes import Published, Words
from life_events import Catalogue, FieldKind, Procedure, Text, static_schema
from life_events.form import DEFAULT_LENGTHS, DEFAULT_PATTERNS, FieldSpec, FormSpec
from life_events.schema import WITHOUT_DAYS


class Choice(Published, frozen=True, kw_only=True):
    value: str
    label: Words


class Condition(Published, frozen=True, kw_only=True):
    field: str
    equals: str | bool


class Item(Published, frozen=True, kw_only=True):
    identifier: Annotated[str, Meta(description="Unique within its form.")]
    kind: FieldKind
    label: Words
    help: Words | None = None
    required: bool
    max_length: Annotated[int | None, Meta(description="In characters.")] = None
    pattern: Annotated[str | None, Meta(description="A regular expression the whole value must match.")] = None
    choices: tuple[Choice, ...] = ()
    shown_if: Annotated[Condition | None, Meta(description="Asked only while that field holds that value.")] = None
    known_as: Annotated[
        str | None, Meta(description="Name of the value (GIF where it has one) under which an answer can be reused.")
    ] = None


class Section(Published, frozen=True, kw_only=True):
    identifier: str
    title: Words
    items: tuple[Item, ...]


class Form(Published, frozen=True, kw_only=True):
    procedure: Annotated[str, Meta(description="Identifier in catalogue.json.")]
    version: Annotated[str, Meta(description="Hash of the form's definition.")]
    intro: Words
    sections: tuple[Section, ...]
    schema: Annotated[
        dict[str, Any],
        Meta(
            description="JSON Schema 2020-12 of the answers, empty ones left out: the rules by which the app and the "
            f"server judge them, but not all of those. {WITHOUT_DAYS}"
        ),
    ]


class Forms(Published, frozen=True, kw_only=True):
    """forms.json"""

    version: str
    date_of_state: date
    licence: str
    forms: tuple[Form, ...]


def forms(catalogue: Catalogue) -> tuple[Form, ...]:
    """Every form, by the identifier of its procedure."""
    found = (one for _, one in sorted(catalogue.procedures.items()))
    return tuple(_form(one, one.form, schema) for one in found if one.form and (schema := static_schema(one)))


def _form(one: Procedure, form: FormSpec, schema: dict[str, Any]) -> Form:
    return Form(
        procedure=one.id,
        version=form.version,
        intro=_words(form.intro),
        sections=tuple(
            Section(
                identifier=section.id,
                title=_words(section.title) if section.title else _words(form.intro),
                items=tuple(_item(field) for field in section.fields),
            )
            for section in form.sections
        ),
        schema=schema,
    )


def _item(field: FieldSpec) -> Item:
    return Item(
        identifier=field.id,
        kind=field.kind,
        label=_words(field.label),
        help=_words(field.help) if field.help else None,
        required=field.required,
        max_length=field.max_length or DEFAULT_LENGTHS.get(field.kind),
        pattern=field.pattern or DEFAULT_PATTERNS.get(field.kind),
        choices=tuple(Choice(value=choice.value, label=_words(choice.label)) for choice in field.choices),
        shown_if=Condition(field=field.show_if.field, equals=field.show_if.equals) if field.show_if else None,
        known_as=field.term or field.prefill,
    )


def _words(text: Text) -> Words:
    return Words(ja=text.ja, easy=text.easy, en=text.en)
