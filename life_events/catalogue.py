"""The catalogue: every procedure, bundle, ward, question and number in law, compiled once from the data files."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from life_events.form import FormSpec
from life_events.law import Law
from life_events.questions import QuestionSpec
from life_events.rules.rule import Rule
from life_events.terms import Channel, Operator, Text

Confidence = Literal["A", "B", "C"]


class Way(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another way to get a procedure done; what it leaves out stays as usual."""

    operator: Operator | None = None
    operator_name: Text | None = None
    channel: Channel | None = None
    how: Text | None = None


class Trust(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How sure each statement is: A official page, B third party or one town, C to be confirmed by a person."""

    deadline: Confidence
    law: Confidence
    how: Confidence
    sources: tuple[str, ...]
    note: str = ""


class Procedure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/procedures. `reads`: every source the step rests upon; `known`: paths shown as known facts."""

    id: str
    fact_sheet: str
    operator: Operator
    operator_name: Text | None = None
    channel: Channel
    law: str | None = None
    confidence: Trust
    reads: tuple[str, ...]
    after: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    name: Text
    official_name: Text
    late: Text | None = None
    how: Text
    ways: Mapping[str, Way] = field(default_factory=dict)
    reasons: Mapping[str, Text]
    form: FormSpec | None = None


class BundleSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/bundles: the ids of its procedures in the order to show them."""

    id: str
    place: int
    name: Text
    summary: Text
    procedures: tuple[str, ...]


class Ward(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of data/wards. `code`: six digits with the check digit. `interface`: the folder of bff/connectors."""

    code: str
    name: Text
    kana: str
    interface: str


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Who tells facts. `name` is shown beside each fact."""

    id: str
    name: Text
    operator: Operator


class Words(Struct, frozen=True, kw_only=True):
    """Texts that belong to no single procedure."""

    operators: Mapping[Operator, Text]
    facts: Mapping[str, Text]
    values: Mapping[str, Text]
    reasons: Mapping[str, Text]
    refusals: Mapping[str, Text]


class Catalogue(Struct, frozen=True, kw_only=True):
    """Everything `plan`, `form_for` and `check_answer` need; it never changes after loading."""

    procedures: Mapping[str, Procedure]
    rules: Mapping[str, Rule]
    bundles: tuple[BundleSpec, ...]
    wards: Mapping[str, Ward]
    sources: Mapping[str, Source]
    questions: Mapping[str, QuestionSpec]
    law: Law
    words: Words
