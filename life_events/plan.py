"""The plan of a person's life events: every step that concerns her, with its state, its day and its reason."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from life_events.catalogue import BundleSpec, Catalogue, Procedure, Way
from life_events.facts import Facts, Member
from life_events.forms import ward_name
from life_events.paths import PATHS, household
from life_events.questions import Question
from life_events.rules.rule import Rule
from life_events.terms import Channel, Operator, Person, StepState, Text
from life_events.verdict import Ask, Done, Due, NotYet, NotYours, Open, Unheard, Verdict, unheard
from life_events.wording import as_text, say


class KnownFact(Struct, frozen=True):
    """`source` told it; `value` is written for people."""

    label: Text
    value: Text
    source: str


class Step(Struct, frozen=True, kw_only=True):
    """`reads`: ids of the sources it rests upon. `unheard`: the one whose silence hides the state (UNHEARD only).

    `form`: version of the form when it may be filed here now, None otherwise.
    """

    id: str
    procedure: str
    subject: Person | None
    name: Text
    official_name: Text
    state: StepState
    due: date | None
    opens: date | None
    because: Text
    reason: str
    law: str | None
    late: Text | None
    operator: Operator
    operator_name: Text
    channel: Channel
    how: Text
    known: tuple[KnownFact, ...]
    asks: tuple[Question, ...]
    reads: tuple[str, ...]
    after: tuple[str, ...]
    unheard: str | None
    form: str | None

    def days_left(self, today: date) -> int | None:
        """Days until the last day; 0 on the day itself, negative when it has passed."""
        return None if self.due is None else (self.due - today).days


class Bundle(Struct, frozen=True):
    """One event of life; `steps` most urgent first, none before a step it depends on."""

    id: str
    name: Text
    summary: Text
    steps: tuple[Step, ...]


class Plan(Struct, frozen=True):
    bundles: tuple[Bundle, ...]

    def step(self, id: str) -> Step | None:
        return next((step for bundle in self.bundles for step in bundle.steps if step.id == id), None)


def plan(facts: Facts, catalogue: Catalogue, today: date) -> Plan:
    """All bundles, also those without a step; pure, and quick enough to be made for every request."""
    return Plan(tuple(_bundle(bundle, facts, catalogue, today) for bundle in catalogue.bundles))


def _bundle(spec: BundleSpec, facts: Facts, catalogue: Catalogue, today: date) -> Bundle:
    steps = [
        _step(catalogue, catalogue.procedures[id], facts, subject, verdict)
        for id in spec.procedures
        for subject, verdict in verdicts(catalogue.rules[id], facts, catalogue, today)
        if not isinstance(verdict, NotYours)
    ]
    return Bundle(spec.id, spec.name, spec.summary, tuple(in_order(steps)))


def verdicts(rule: Rule, facts: Facts, catalogue: Catalogue, today: date) -> Iterator[tuple[Member | None, Verdict]]:
    """What a rule says of the household, or of each of its members; one Unheard while the members are not known."""
    if rule.for_household is not None:
        yield None, rule.for_household(facts, catalogue.law, today)
        return
    home = household(facts)
    if home is None:
        yield None, unheard("registry")
        return
    assert rule.for_person is not None
    for member in home.members:
        yield member, rule.for_person(facts, catalogue.law, today, home, member)


_STATES: dict[type[Verdict], StepState] = {
    Due: StepState.DUE,
    Open: StepState.OPEN,
    NotYet: StepState.NOT_YET,
    Ask: StepState.ASK,
    Unheard: StepState.UNHEARD,
    Done: StepState.DONE,
}


def _step(catalogue: Catalogue, procedure: Procedure, facts: Facts, subject: Member | None, verdict: Verdict) -> Step:
    way = procedure.ways[verdict.way] if verdict.way else Way()
    operator, channel = way.operator or procedure.operator, way.channel or procedure.channel
    state = _STATES[type(verdict)]
    fileable = procedure.form and channel is Channel.HERE and state in (StepState.DUE, StepState.OPEN)
    return Step(
        id=procedure.id if subject is None else f"{procedure.id}:{subject.person}",
        procedure=procedure.id,
        subject=None if subject is None else Person(subject.person, subject.name),
        name=procedure.name,
        official_name=procedure.official_name,
        state=state,
        due=verdict.by if isinstance(verdict, Due | NotYet) else None,
        opens=verdict.opens if isinstance(verdict, NotYet) else None,
        because=_reason(catalogue, procedure, verdict),
        reason=verdict.because.key,
        law=procedure.law,
        late=None if state is StepState.DONE else procedure.late,
        operator=operator,
        operator_name=_operator_name(catalogue, procedure, way, operator, facts, verdict.ward),
        channel=channel,
        how=way.how or procedure.how,
        known=tuple(_known(catalogue, procedure, facts, subject)),
        asks=tuple(_question(catalogue, fact) for fact in verdict.asks),
        reads=procedure.reads,
        after=procedure.after,
        unheard=verdict.source if isinstance(verdict, Unheard) else None,
        form=procedure.form.version if fileable and procedure.form else None,
    )


def _reason(catalogue: Catalogue, procedure: Procedure, verdict: Verdict) -> Text:
    key = verdict.because.key
    if isinstance(verdict, Unheard):
        return say(catalogue.words.reasons[key], {"source": catalogue.sources[verdict.source].name})
    text = procedure.reasons.get(key) or catalogue.words.reasons[key]
    return say(text, verdict.because.params)


def _operator_name(
    catalogue: Catalogue, procedure: Procedure, way: Way, operator: Operator, facts: Facts, ward: str | None
) -> Text:
    named = way.operator_name or (procedure.operator_name if way.operator is None else None)
    if named is not None:
        return named
    return ward_name(catalogue, facts, ward) if operator is Operator.WARD else catalogue.words.operators[operator]


def _known(catalogue: Catalogue, procedure: Procedure, facts: Facts, subject: Member | None) -> Iterator[KnownFact]:
    words = catalogue.words
    for name in procedure.known:
        path = PATHS[name]
        value = path.read(facts, subject)
        if value is None or value == "" or isinstance(value, tuple):
            continue
        if isinstance(value, bool):
            value = "yes" if value else "no"
        written = words.values.get(value) if isinstance(value, str) else None
        yield KnownFact(words.facts[name], written or as_text(value), path.source)


def _question(catalogue: Catalogue, fact: str) -> Question:
    spec = catalogue.questions[fact.partition(":")[0]]
    return Question(fact, spec.label, spec.help, spec.kind, spec.choices)


_URGENCY = {
    state: rank
    for rank, state in enumerate(
        (StepState.DUE, StepState.ASK, StepState.OPEN, StepState.NOT_YET, StepState.UNHEARD, StepState.DONE)
    )
}


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Most urgent first, but never before an unfinished step of the same person it comes after."""
    waiting = sorted(steps, key=lambda step: (_URGENCY[step.state], step.due or date.max))
    ordered: list[Step] = []
    while waiting:
        ready = next((step for step in waiting if not _held_back(step, waiting)), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def _held_back(step: Step, waiting: Sequence[Step]) -> bool:
    if step.state is StepState.DONE:
        return False
    return any(
        other.procedure in step.after
        and other.state is not StepState.DONE
        and (other.subject is None or step.subject is None or other.subject.id == step.subject.id)
        for other in waiting
        if other is not step
    )
