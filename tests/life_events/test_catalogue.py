"""The data files as a whole, and what happens when one is wrong."""

import ast
import inspect
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import life_events
from life_events import (
    SOURCES,
    UNKNOWN,
    CareEquipment,
    CareRecord,
    CareRecords,
    Catalogue,
    Facts,
    HomeAdaptation,
    NotYours,
    Text,
    WrongData,
    load_catalogue,
)
from life_events.checking import COMMON_REASONS, ward_check_digit
from life_events.judged import verdicts
from life_events.law import Disaster
from life_events.paths import PATHS
from life_events.plan import plan
from life_events.questions import QuestionKind, QuestionSpec
from life_events.rules import TOPICS
from tests.life_events.people import MINATO, TODAY, hana, household, told

DATA = Path(life_events.__file__).parent / "data"
CATALOGUE = load_catalogue()
TYPHOON = Disaster(
    id="typhoon",
    name=Text("架空の台風", "台風", "A made-up typhoon"),
    on=date(2026, 10, 20),
    wards=(MINATO,),
    rescue_act=True,
    rebuilding_act=True,
)
STRUCK = replace(CATALOGUE, law=replace(CATALOGUE.law, disasters=(TYPHOON,)))
"""The catalogue while a disaster is declared, so that its rules speak too."""
BUNDLES = [
    "pregnancy_birth",
    "childcare",
    "school",
    "moving_out",
    "moving_in",
    "moving_within",
    "care",
    "disaster",
    "bereavement",
    "after_pregnancy",
]


class Listening:
    """Facts that remember which sources were looked at."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.heard: set[str] = set()

    def __getattr__(self, part: str) -> object:
        self.heard.add("self" if part == "answers" else part)
        return getattr(self.facts, part)


CARED_FOR = CareRecords(
    (
        CareRecord(
            *("m-5", "0001234567", "care3", date(2026, 2, 1), date(2027, 1, 2)),
            cost_limit_until=date(2026, 7, 31),
            adaptation=HomeAdaptation(date(2018, 5, 1), "support2", 150_000),
            equipment=(CareEquipment(date(2026, 5, 1), "cane", 100_000),),
        ),
    )
)


def situations() -> st.SearchStrategy[Facts]:
    """Any mixture of silence, answers and families."""
    persons = ("m-1", "m-2", "m-3", "m-4", "m-5")
    asked: dict[str, st.SearchStrategy[object]] = {}
    for question in CATALOGUE.questions.values():
        strategy = _answers(question)
        facts = [f"{question.fact}:{person}" for person in persons] if question.per_person else [question.fact]
        asked |= dict.fromkeys(facts, strategy)
    answers = st.fixed_dictionaries(asked)
    silent = st.sets(st.sampled_from([source for source in SOURCES if source != "self"]))
    since = st.sampled_from([date(2015, 4, 1), date(2026, 11, 20)])

    def build(answers: dict[str, object], silent: set[str], since: date, care: CareRecords) -> Facts:
        known = {"registry": household(since=since), "care": care, **dict.fromkeys(silent, UNKNOWN)}
        return hana(**known, answers=life_events.Answers(answers))

    return st.builds(build, answers, silent, since, st.sampled_from([CareRecords(), CARED_FOR]))


def _answers(question: QuestionSpec) -> st.SearchStrategy[object]:
    """None, or an answer of the kind it takes."""
    if question.kind is QuestionKind.YES_NO:
        return st.sampled_from([None, True, False])
    if question.kind is QuestionKind.DATE:
        return st.none() | st.dates(date(2026, 10, 1), date(2027, 2, 1)).map(date.isoformat)
    return st.sampled_from([None, *(choice.value for choice in question.choices)])


@settings(max_examples=150, deadline=None)
@given(situations(), st.integers(-40, 90))
def test_a_rule_looks_only_at_the_sources_its_file_declares(facts: Facts, days: int) -> None:
    today = TODAY + timedelta(days=days)
    for id, rule in CATALOGUE.rules.items():
        listening = Listening(facts)
        for _, verdict in verdicts(rule, listening, STRUCK, today):  # type: ignore[arg-type]
            allowed = (
                COMMON_REASONS if isinstance(verdict, NotYours) else {"unheard", "ask_first", "ask_moves", "late_now"}
            )
            assert verdict.because.key in rule.reasons | allowed
        assert listening.heard <= set(CATALOGUE.procedures[id].reads)


@settings(max_examples=100, deadline=None)
@given(situations(), st.integers(-40, 90))
def test_every_situation_has_a_whole_plan(facts: Facts, days: int) -> None:
    for bundle in plan(facts, STRUCK, TODAY + timedelta(days=days)).bundles:
        ids = [step.id for step in bundle.steps]
        assert len(ids) == len(set(ids))
        for step in bundle.steps:
            assert "{" not in step.because.ja + step.because.easy + step.because.en
            assert step.because.ja
            assert step.how.easy
            assert step.operator_name.en
            assert step.asks or step.state is not life_events.StepState.ASK
            assert (step.unheard is not None) == (step.state is life_events.StepState.UNHEARD)


def test_every_rule_declares_the_reasons_it_gives(catalogue: Catalogue) -> None:
    for module in TOPICS:
        written = set(_reasons_in(inspect.getsource(module)))
        declared = set[str]().union(*(rule.reasons for rule in module.RULES))
        assert written <= declared, module.__name__


def test_what_a_known_fact_says_is_read_from_the_source_it_names() -> None:
    for path in PATHS.values():
        listening = Listening(hana(answers=told(move_date="2026-12-10")))
        path.read(listening, household().members[4])  # type: ignore[arg-type]
        assert listening.heard <= {path.source, *path.chosen_by}


def test_every_procedure_stands_in_a_bundle_and_has_a_rule(catalogue: Catalogue) -> None:
    placed = {id for bundle in catalogue.bundles for id in bundle.procedures}
    assert placed == set(catalogue.procedures) == set(catalogue.rules)
    assert [bundle.id for bundle in catalogue.bundles] == BUNDLES


def test_every_text_speaks_three_languages(catalogue: Catalogue) -> None:
    texts = list(_texts(catalogue))
    assert len(texts) > 300
    for text in texts:
        assert text.ja.strip()
        assert text.easy.strip()
        assert text.en.strip()
        assert not any("\u3040" <= letter <= "\u30ff" for letter in text.en), text.en


def test_the_23_wards_have_right_codes_and_names(catalogue: Catalogue) -> None:
    assert len(catalogue.wards) == 23
    assert catalogue.wards["131016"].name.ja == "千代田区"
    assert catalogue.wards["131237"].name.en == "Edogawa City"
    for code in catalogue.wards:
        # weights 6 5 4 3 2 by hand for 13103: 6+15+4+0+6 = 31, 31 mod 11 = 9, 11 - 9 = 2
        assert ward_check_digit(code[:5]) == int(code[5])
    assert ward_check_digit("13103") == 2


def test_the_people_of_the_23_wards_add_up_to_the_census(catalogue: Catalogue) -> None:
    # census of 2020-10-01; 特別区部 as a whole had 9,733,276 inhabitants
    assert sum(ward.population for ward in catalogue.wards.values()) == 9_733_276
    assert min(catalogue.wards.values(), key=lambda ward: ward.population).name.ja == "千代田区"
    assert max(catalogue.wards.values(), key=lambda ward: ward.population).name.ja == "世田谷区"


@settings(max_examples=120, deadline=None)
@given(situations(), st.dates(date(1950, 1, 1), date(2026, 11, 1)), st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_a_household_can_be_judged_on_any_day_however_long_it_has_lived_there(
    facts: Facts, since: date, today: date
) -> None:
    home = facts.registry
    settled = facts if home is UNKNOWN else replace(facts, registry=replace(home, since=since))
    assert plan(settled, STRUCK, today).bundles


def test_a_rule_in_law_is_dated(catalogue: Catalogue) -> None:
    online = catalogue.law.numbers["move_out_online_before"]
    assert online.on(date(2023, 2, 6)) == 30
    with pytest.raises(LookupError, match="2023-02-05"):
        online.on(date(2023, 2, 5))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("procedures/water.toml", 'id = "water"', 'id = "water', "line 1"),
        ("procedures/water.toml", 'id = "water"', 'id = "wasser"', "file's name"),
        ("procedures/water.toml", 'operator = "metropolis"', 'operator = "moon"', r"\$.operator"),
        ("procedures/water.toml", "[confidence]", "[confidance]", "confidance"),
        ("procedures/water.toml", 'reads = ["self"]', 'reads = ["moon"]', "reads: no such source"),
        ("procedures/water.toml", 'known = ["answers.move_date", ', 'known = ["x", ', "known: no such fact"),
        ("procedures/water.toml", 'known = ["answers.move_date", ', 'known = ["me.name", ', "not among `reads`"),
        ("procedures/water.toml", "[reasons.soon]", "[reasons.sun]", "'soon', 'sun'"),
        ("procedures/water.toml", 'en = "You can ask from {opens}.', 'en = "You can ask.', "reasons.soon"),
        ("procedures/water.toml", 'easy = "東京都水道局"', 'easy = " "', "easy is empty"),
        ("procedures/move_out_notice.toml", 'kind = "phone"', 'kind = "fax"', r"fields\[0\].kind"),
        ("procedures/move_out_notice.toml", 'prefill = "me.name"', 'prefill = "me.x"', "new_head: prefill"),
        ("procedures/move_out_notice.toml", 'window = "move_out_online"', 'window = "x"', "move_date: window"),
        ("procedures/move_out_notice.toml", 'id = "new_head"', 'id = "movers"', "movers: given twice"),
        ("wards/131032.toml", 'code = "131032"', 'code = "131033"', "file's name"),
        ("bundles/care.toml", '  "care_renewal",\n', "", "in no bundle"),
        ("bundles/care.toml", '"care_renewal"', '"care_x"', "care_x"),
        ("law/care.toml", "value = 60", 'value = "60"', r"numbers\[2\].values\[0\].value"),
        ("words/texts.toml", "unheard = {", "unherd = {", "reasons"),
        ("words/texts.toml", "metropolis = {", "metro = {", "operators"),
        ("words/sources.toml", 'id = "school"', 'id = "skool"', "expected exactly"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(data: Path, file: str, old: str, new: str, said: str) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongData, match=said) as wrong:
        load_catalogue(data)
    assert str(wrong.value).startswith(wrong.value.file)


def test_a_ward_with_a_wrong_check_digit_is_refused(data: Path) -> None:
    path = data / "wards" / "131032.toml"
    path.rename(data / "wards" / "131033.toml")
    moved = data / "wards" / "131033.toml"
    moved.write_text(moved.read_text(encoding="utf-8").replace("131032", "131033"), encoding="utf-8")
    with pytest.raises(WrongData, match=r"131033.toml: code: the check digit"):
        load_catalogue(data)


def test_a_rule_without_its_file_is_refused(data: Path) -> None:
    (data / "procedures" / "water.toml").unlink()
    with pytest.raises(WrongData, match="water"):
        load_catalogue(data)


def test_changing_a_form_changes_its_version(data: Path) -> None:
    before = load_catalogue(data).procedures["move_out_notice"].form
    path = data / "procedures" / "move_out_notice.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('en = "New address"', 'en = "Your new address"'), encoding="utf-8"
    )
    after = load_catalogue(data).procedures["move_out_notice"].form
    assert before
    assert after
    assert before.version != after.version


def _reasons_in(source: str) -> Iterator[str]:
    """String literals that stand as the reason in because(…) and ask(…)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("because", "ask"):
            reason = node.args[-1] if node.func.id == "ask" and len(node.args) > 1 else node.args[0]
            for part in ast.walk(reason) if node.func.id == "because" or len(node.args) > 1 else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif hasattr(value, "__struct_fields__") and not isinstance(value, life_events.Law):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))
