"""How whole the catalogue is: what is there, and what is still missing."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from infra.catalogue.publishing import citations
from infra.catalogue.references import References
from infra.catalogue.sheet import BUNDLES, SHEET, TRAPS
from life_events import Catalogue, Procedure, Text
from life_events.catalogue import TRUSTED

WARDS = 23
LEAST_SITUATIONS = 150
LEAST_KEYWORDS = {"ja": 6, "en": 4}
LONGEST_SUMMARY = 100
"""GIF 451-4: 概要 up to 100 characters."""
LANGUAGES = ("ja", "easy", "en")
HIRAGANA = re.compile("[ぁ-ゖー・（）0-9\u3000 ]+")


class Count(Struct, frozen=True):
    """A line of the print: so many of so many; `of` None: there is no number it should be."""

    what: str
    found: int
    of: int | None = None


class Coverage(Struct, frozen=True):
    counts: tuple[Count, ...]
    holes: tuple[str, ...]


class Situations(Struct, frozen=True):
    """What tests/life_events/situations holds: how many households, and the traps they walk into."""

    count: int
    traps: frozenset[int]


def read_situations(folder: Path) -> Situations:
    told = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    all_of_them = [situation for file in told for situation in file["situations"]]
    return Situations(len(all_of_them), frozenset(one["trap"] for one in all_of_them if "trap" in one))


def coverage(catalogue: Catalogue, references: References, situations: Situations) -> Coverage:
    """Counts and holes; the catalogue is whole when there are no holes."""
    procedures = catalogue.procedures.values()
    sheet = sheet_numbers(procedures)
    texts = list(_texts([*procedures, *catalogue.bundles, *catalogue.wards.values(), *catalogue.questions.values()]))
    counts = (
        Count("procedures of the sheet", len(sheet & set(SHEET)), len(SHEET)),
        Count("procedures in all", len(catalogue.procedures)),
        Count("with a rule", len(catalogue.rules.keys() & catalogue.procedures.keys()), len(catalogue.procedures)),
        Count("with a form", sum(one.form is not None for one in procedures)),
        Count("fields of forms", sum(len(s.fields) for one in procedures if one.form for s in one.form.sections)),
        *(Count(f"texts in {language}", sum(bool(getattr(t, language).strip()) for t in texts), len(texts))
          for language in LANGUAGES),
        Count("statements with their confidence", sum(len(one.confidence) for one in procedures)),
        Count("statements read on an official page", sum(
            trust.level == "A" for one in procedures for trust in one.confidence.values())),
        Count("with kana", sum(bool(one.kana) for one in procedures), len(catalogue.procedures)),
        Count("keywords", sum(len(one.keywords.ja) + len(one.keywords.en) for one in procedures)),
        Count("numbers in law", len(catalogue.law.numbers) + len(catalogue.law.yearlies)),
        Count("questions", len(catalogue.questions)),
        Count("bundles", len({one.id for one in catalogue.bundles} & set(BUNDLES)), len(BUNDLES)),
        Count("wards", len(catalogue.wards), WARDS),
        Count("wards with something of their own", sum(
            bool(ward.procedures or ward.numbers or ward.windows or ward.yearly) for ward in catalogue.wards.values())),
        Count("sources cited", len(citations(catalogue))),
        Count("situations", situations.count),
        Count("traps with a situation", len(situations.traps & set(TRAPS)), len(TRAPS)),
    )  # fmt: skip
    return Coverage(counts, tuple(_holes(catalogue, references, situations)))


def sheet_numbers(procedures: Iterable[Procedure]) -> set[str]:
    """A file may answer for several numbers of the sheet, as `mv09 bi07`."""
    return {number for one in procedures for number in re.findall(r"\w+", one.fact_sheet)}


def _holes(catalogue: Catalogue, references: References, situations: Situations) -> Iterator[str]:
    for number in SHEET:
        if number not in sheet_numbers(catalogue.procedures.values()):
            yield f"{number}: no procedure file"
    for id, one in sorted(catalogue.procedures.items()):
        yield from (f"{id}: {missing}" for missing in _missing(one))
        if id not in catalogue.rules:
            yield f"{id}: no rule"
    yield from (f"bundle {id}: missing" for id in BUNDLES if id not in {one.id for one in catalogue.bundles})
    if len(catalogue.wards) != WARDS:
        yield f"wards: {len(catalogue.wards)} instead of {WARDS}"
    for source in sorted(citations(catalogue) - references.by_id.keys()):
        yield f"source {source}: cited, but not in references.toml"
    for source in sorted(references.by_id.keys() - citations(catalogue)):
        yield f"source {source}: in references.toml, but nothing cites it"
    if situations.count < LEAST_SITUATIONS:
        yield f"situations: {situations.count} of {LEAST_SITUATIONS}"
    yield from (f"trap {trap}: no situation walks into it" for trap in TRAPS if trap not in situations.traps)


def _missing(one: Procedure) -> Iterator[str]:
    wanted = {
        "kana": one.kana,
        "channels": one.channels,
        "summary": one.summary,
        "who": one.who,
        "window": one.window,
        "result": one.result,
    }
    yield from (f"no {name}" for name, value in wanted.items() if not value)
    if one.kana and not HIRAGANA.fullmatch(one.kana):
        yield f"kana: not hiragana: {one.kana}"
    if one.summary and len(one.summary.ja) > LONGEST_SUMMARY:
        yield f"summary: {len(one.summary.ja)} characters, at most {LONGEST_SUMMARY}"
    for language, least in LEAST_KEYWORDS.items():
        if (found := len(getattr(one.keywords, language))) < least:
            yield f"keywords.{language}: {found} of {least}"
    unsaid = TRUSTED - set(one.confidence) - (set() if one.form else {"form"})
    yield from (f"confidence.{statement}: not said" for statement in sorted(unsaid))
    for statement, trust in sorted(one.confidence.items()):
        if trust.level == "A" and not trust.sources:
            yield f"confidence.{statement}: level A without a source"


def _texts(value: object) -> Iterator[Text]:
    """Every text within a value, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Struct):
        yield from _texts([getattr(value, name) for name in value.__struct_fields__])
