"""Reading the data files into a catalogue. A wrong file is named together with the line or the key."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from life_events.catalogue import BundleSpec, Catalogue, Procedure, Source, Ward, Words
from life_events.checking import WrongData, check
from life_events.form import Choice, FormSpec
from life_events.law import Holidays, Law, Number, Topic
from life_events.questions import QuestionKind, QuestionSpec
from life_events.rules import RULES
from life_events.terms import Operator, Text

DATA = Path(__file__).parent / "data"

T = TypeVar("T")


class _Sources(Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[Source, ...]


class _Questions(Struct, frozen=True, forbid_unknown_fields=True):
    elsewhere: Text
    questions: tuple[QuestionSpec, ...]


class _Texts(Struct, frozen=True, forbid_unknown_fields=True):
    operators: Mapping[str, Text]
    facts: Mapping[str, Text]
    values: Mapping[str, Text]
    reasons: Mapping[str, Text]
    refusals: Mapping[str, Text]


def load_catalogue(data: Path = DATA) -> Catalogue:
    """The whole catalogue; raises WrongData naming the file and the line or key at fault."""
    wards = {ward.code: ward for ward in _named(data / "wards", Ward, "code")}
    catalogue = Catalogue(
        procedures={procedure.id: procedure for procedure in map(_procedure, _files(data / "procedures"))},
        rules=RULES,
        bundles=tuple(sorted(_named(data / "bundles", BundleSpec, "id"), key=lambda bundle: bundle.place)),
        wards=wards,
        sources={source.id: source for source in _read(data / "words" / "sources.toml", _Sources).sources},
        questions=_questions(data / "words" / "questions.toml", wards),
        law=_law(data / "law"),
        words=_words(data / "words" / "texts.toml"),
    )
    check(catalogue)
    return catalogue


def _read(path: Path, shape: type[T]) -> T:
    return _convert(path, _toml(path), shape)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongData(path.name, "the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongData(path.name, str(wrong)) from wrong


def _convert(path: Path, raw: object, shape: type[T]) -> T:
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as wrong:
        raise WrongData(path.name, str(wrong)) from wrong


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml")))


def _named(folder: Path, shape: type[T], key: str) -> Iterator[T]:
    """One value a file; the file is called after it."""
    for path in _files(folder):
        value = _read(path, shape)
        if getattr(value, key) != path.stem:
            raise WrongData(path.name, f"`{key}` differs from the file's name")
        yield value


def _procedure(path: Path) -> Procedure:
    raw = _toml(path)
    procedure = _convert(path, raw, Procedure)
    if procedure.id != path.stem:
        raise WrongData(path.name, "`id` differs from the file's name")
    if procedure.form is None:
        return procedure
    return msgspec.structs.replace(procedure, form=_versioned(procedure.form, raw["form"]))


def _versioned(form: FormSpec, raw: object) -> FormSpec:
    """The version is a short hash of the definition, so nobody can forget to raise it."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return msgspec.structs.replace(form, version=hashlib.sha256(text.encode()).hexdigest()[:12])


def _questions(path: Path, wards: Mapping[str, Ward]) -> Mapping[str, QuestionSpec]:
    read = _read(path, _Questions)
    places = (*(Choice(ward.code, ward.name) for ward in wards.values()), Choice("other", read.elsewhere))
    return {
        question.fact: msgspec.structs.replace(question, choices=places)
        if question.kind is QuestionKind.WARD
        else question
        for question in read.questions
    }


def _law(folder: Path) -> Law:
    numbers: list[Number] = []
    holidays = _read(folder / "closed_days.toml", Holidays)
    for path in _files(folder):
        if path.name != "closed_days.toml":
            numbers.extend(_read(path, Topic).numbers)
    if doubled := {number.id for number in numbers if [other.id for other in numbers].count(number.id) > 1}:
        raise WrongData(folder.name, f"given twice: {sorted(doubled)}")
    return Law.of(numbers, (holiday.on for holiday in holidays.holidays))


def _words(path: Path) -> Words:
    read = _read(path, _Texts)
    try:
        operators = {Operator(name): text for name, text in read.operators.items()}
    except ValueError as wrong:
        raise WrongData(path.name, f"operators: {wrong}") from wrong
    return Words(
        operators=operators,
        facts=read.facts,
        values=read.values,
        reasons=read.reasons,
        refusals=read.refusals,
    )
