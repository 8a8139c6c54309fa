"""Reading the data files into a catalogue. A wrong file is named together with the line or the key."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from life_events.catalogue import (
    AppealBody,
    BundleSpec,
    Catalogue,
    DeskRule,
    Procedure,
    Sentence,
    Source,
    Ward,
    Words,
)
from life_events.checking import WrongData, check
from life_events.checking_questions import question_faults
from life_events.form import Block, Choice, FormSpec
from life_events.law import Disaster, Holidays, Law, Number, Opening, Topic, Yearly
from life_events.lines import line_of, line_of_error, line_of_fault
from life_events.questions import QuestionKind, QuestionSpec
from life_events.ripple import MoveWords, Ripple
from life_events.rules import RULES
from life_events.terms import Operator, Text
from life_events.vaccines import Vaccine

DATA = Path(__file__).parent / "data"

T = TypeVar("T")


class _Sources(Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[Source, ...]


class _Questions(Struct, frozen=True, forbid_unknown_fields=True):
    questions: tuple[QuestionSpec, ...]


class _Texts(Struct, frozen=True, forbid_unknown_fields=True):
    elsewhere: Text
    abroad: Text
    operators: Mapping[str, Text]
    facts: Mapping[str, Text]
    values: Mapping[str, Text]
    reasons: Mapping[str, Text]
    refusals: Mapping[str, Text]
    changes: Mapping[str, Text]


class _Appeals(Struct, frozen=True, forbid_unknown_fields=True):
    how: Text
    bodies: tuple[AppealBody, ...]


class _Sentences(Struct, frozen=True, forbid_unknown_fields=True):
    sentences: tuple[Sentence, ...]


class _Amounts(Struct, frozen=True, forbid_unknown_fields=True):
    amounts: Mapping[str, Text]


def load_catalogue(data: Path = DATA, disasters: Path | None = None) -> Catalogue:
    """The whole catalogue; raises WrongData naming the file and the line or key at fault.

    `disasters`: a folder of files that an operator puts in place when a disaster has been declared. Without one, what
    is shipped is read once for a process.
    """
    return _shipped() if data == DATA and disasters is None else _checked(data, disasters)


@cache
def _shipped() -> Catalogue:
    return _checked(DATA, None)


def _checked(data: Path, disasters: Path | None) -> Catalogue:
    try:
        catalogue = _whole_catalogue(data, disasters)
        check(catalogue)
    except WrongData as wrong:
        raise wrong if wrong.line else _with_line(data, wrong) from wrong
    return catalogue


def _whole_catalogue(data: Path, disasters: Path | None) -> Catalogue:
    wards = {ward.code: ward for ward in _named(data / "wards", Ward, "code")}
    blocks = {block.id: block for block in _named(data / "blocks", Block, "id")}
    law = _law(data / "law", disasters, {code: ward.opening for code, ward in wards.items()})
    return Catalogue(
        procedures={found.id: found for found in (_procedure(path, blocks) for path in _files(data / "procedures"))},
        rules=RULES,
        bundles=tuple(sorted(_named(data / "bundles", BundleSpec, "id"), key=lambda bundle: bundle.place)),
        wards=wards,
        sources={source.id: source for source in _read(data / "words" / "sources.toml", _Sources).sources},
        questions=_questions(data, wards),
        law=msgspec.structs.replace(law, windows_elsewhere={code: ward.windows for code, ward in wards.items()}),
        words=_words(data / "words" / "texts.toml"),
        ripples=tuple(sorted(_named(data / "difference", Ripple, "id"), key=lambda ripple: ripple.place)),
        moving=_read(data / "words" / "difference.toml", MoveWords),
        appeals=_appeals(data / "appeals.toml"),
        desk={rule.id: rule for rule in _named(data / "desk", DeskRule, "id")},
        sentences=_read(data / "words" / "desk.toml", _Sentences).sentences,
    )


def _with_line(data: Path, wrong: WrongData) -> WrongData:
    """The same fault with the line it lies in, from whichever file of that name has its key."""
    texts = (path.read_text("utf-8", "replace") for path in sorted(data.rglob(wrong.file)) if path.is_file())
    lines = (line_of_fault(text, wrong.fault) for text in texts)
    return WrongData(wrong.file, wrong.fault, next(filter(None, lines), None))


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
        raise WrongData(path.name, str(wrong), line_of_error(path.read_text(encoding="utf-8"), str(wrong))) from wrong


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml")))


def _named(folder: Path, shape: type[T], key: str) -> Iterator[T]:
    """One value a file; the file is called after it."""
    for path in _files(folder):
        value = _read(path, shape)
        if getattr(value, key) != path.stem:
            raise WrongData(path.name, f"`{key}` differs from the file's name")
        yield value


def _procedure(path: Path, blocks: Mapping[str, Block]) -> Procedure:
    procedure = _read(path, Procedure)
    if procedure.id != path.stem:
        raise WrongData(path.name, "`id` differs from the file's name")
    if procedure.form is None:
        return procedure
    return msgspec.structs.replace(procedure, form=_versioned(_whole(path, procedure.form, blocks)))


def _whole(path: Path, form: FormSpec, blocks: Mapping[str, Block]) -> FormSpec:
    """The form with the fields of its blocks in place."""
    sections = []
    for section in form.sections:
        block = blocks.get(section.use) if section.use else None
        if section.use and block is None:
            raise WrongData(path.name, f"form section {section.id}: no block {section.use}")
        title = section.title or (block.title if block else None)
        if title is None:
            raise WrongData(path.name, f"form section {section.id}: has no title")
        fields = (*(block.fields if block else ()), *section.fields)
        sections.append(msgspec.structs.replace(section, title=title, fields=fields, use=None))
    return msgspec.structs.replace(form, sections=tuple(sections))


def _versioned(form: FormSpec) -> FormSpec:
    """The version is a short hash of the whole definition, so nobody can forget to raise it."""
    text = msgspec.json.encode(form, order="sorted")
    return msgspec.structs.replace(form, version=hashlib.sha256(text).hexdigest()[:12])


def _questions(data: Path, wards: Mapping[str, Ward]) -> Mapping[str, QuestionSpec]:
    """Every question of data/questions, a file a topic; one that asks for a ward offers all of them."""
    texts = _read(data / "words" / "texts.toml", _Texts)
    outside = (Choice("other", texts.elsewhere), Choice("abroad", texts.abroad))
    places = (*(Choice(ward.code, ward.name) for ward in wards.values()), *outside)
    questions: dict[str, QuestionSpec] = {}
    written: dict[str, tuple[Path, int]] = {}
    for path in _files(data / "questions"):
        for place, question in enumerate(_read(path, _Questions).questions):
            if question.fact in questions:
                raise WrongData(path.name, f"given twice: {question.fact}")
            of_wards = question.kind is QuestionKind.WARD
            questions[question.fact] = msgspec.structs.replace(question, choices=places) if of_wards else question
            written[question.fact] = (path, place)
    for fact, key, fault in question_faults(questions):
        path, place = written[fact]
        line = line_of(path.read_text("utf-8"), ("questions", place, key))
        raise WrongData(path.name, f"question {fact}: {key}: {fault}", line)
    return questions


def _law(folder: Path, disasters: Path | None, openings: Mapping[str, Opening]) -> Law:
    numbers: list[Number] = []
    yearlies: list[Yearly] = []
    holidays = _read(folder / "closed_days.toml", Holidays)
    for path in _files(folder):
        if path.name != "closed_days.toml":
            topic = _read(path, Topic)
            numbers.extend(topic.numbers)
            yearlies.extend(topic.yearly)
    ids = [*(number.id for number in numbers), *(yearly.id for yearly in yearlies)]
    if doubled := {id for id in ids if ids.count(id) > 1}:
        raise WrongData(folder.name, f"given twice: {sorted(doubled)}")
    declared = tuple(_named(disasters, Disaster, "id")) if disasters else ()
    if disasters and not disasters.is_dir():
        raise WrongData(disasters.name, "there is no such folder of disasters")
    vaccines = _named(folder.with_name("vaccines"), Vaccine, "id")
    return Law.of(numbers, (holiday.on for holiday in holidays.holidays), yearlies, declared, vaccines, openings)


def _appeals(path: Path) -> Mapping[str, AppealBody]:
    """By procedure; each is in one list at most."""
    read = _read(path, _Appeals)
    listed = [(procedure, body) for body in read.bodies for procedure in body.procedures]
    if len({procedure for procedure, _ in listed}) < len(listed):
        raise WrongData(path.name, "a procedure is in two lists")
    return {procedure: msgspec.structs.replace(body, how=body.how or read.how) for procedure, body in listed}


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
        amounts=_read(path.with_name("amounts.toml"), _Amounts).amounts,
        changes=read.changes,
    )
