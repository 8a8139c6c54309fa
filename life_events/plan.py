"""The plan of a person's life events: every step that concerns her, with its state, its day and its reason."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from life_events.asking import question_of
from life_events.catalogue import BundleSpec, Catalogue, Override, Procedure, Way
from life_events.facts import Facts, Member
from life_events.forms import ward_name
from life_events.judged import Judged, Judgement
from life_events.law import Law
from life_events.occasions import MEMBERS
from life_events.paths import PATHS, household
from life_events.steps import Asking, Bundle, KnownFact, Plan, Step
from life_events.terms import Channel, Operator, Person, StepState, Text
from life_events.verdict import Ask, Done, Due, NotYet, Open, Unheard, Verdict
from life_events.wording import as_text, say


def plan(facts: Facts, catalogue: Catalogue, today: date) -> Plan:
    """All bundles that apply; pure, and quick enough to be made for every request.

    One without a step stands there all the same, unless she has answered the question that begins it.
    """
    here = _law_of_her_ward(facts, catalogue)
    catalogue = replace(catalogue, law=here)
    judged = Judged(facts, catalogue, today)
    shown: set[str] = set()
    asked: dict[str, list[str]] = {}
    applying = [spec for spec in catalogue.bundles if spec.start is not None or judged.has_occasion(spec)]
    taking = sorted(applying, key=lambda spec: not spec.takes_first)
    filled = {spec.id: _bundle(spec, judged, shown, asked) for spec in taking}
    placed = ((filled[spec.id], spec.start is None) for spec in applying)
    bundles = tuple(bundle for bundle, stays in placed if bundle.steps or bundle.more or bundle.start or stays)
    return Plan(_unlocked(bundles), _next_questions(catalogue, asked, judged.facts, today), tuple(judged.failures))


def _law_of_her_ward(facts: Facts, catalogue: Catalogue) -> Law:
    home = household(facts)
    return catalogue.law_in(home.ward if home else None)


def _bundle(spec: BundleSpec, judged: Judged, shown: set[str], asked: dict[str, list[str]]) -> Bundle:
    """`shown` and `asked` gather over the bundles: a step and a question are put once."""
    facts, catalogue = judged.facts, judged.catalogue
    untold = spec.start if spec.start and facts.answers.values.get(spec.start) is None else None
    begun = untold is None or (spec.occasion is not None and judged.has_occasion(spec))
    steps: list[Step] = []
    more: list[Step] = []
    for id in spec.procedures if begun else ():
        procedure = catalogue.procedures[id]
        for one in judged.of(procedure):
            if one.subject and spec.about and not MEMBERS[spec.about](one.subject, judged.today):
                continue
            if (alone := _way(procedure, one.verdict).bundle) and alone != spec.id:
                continue
            step = _written(procedure, judged, one)
            if step.id in shown or _asked_before(step, asked):
                continue
            shown.add(step.id)
            (more if procedure.on_demand and _looked_for(one.verdict) else steps).append(step)
    start = None if untold is None else question_of(catalogue, untold, facts, judged.today)
    return Bundle(
        id=spec.id, name=spec.name, summary=spec.summary, steps=tuple(in_order(steps)), more=tuple(more), start=start
    )


def _looked_for(verdict: Verdict) -> bool:
    return isinstance(verdict, Open) and not verdict.wanted


def _written(procedure: Procedure, judged: Judged, one: Judgement) -> Step:
    """A verdict that cannot be put into words is as good as none."""
    try:
        return _step(judged.catalogue, procedure, judged.facts, one, judged.today)
    except Exception as defect:
        failed = judged.failed(procedure.id, one.subject, defect)
        return _step(judged.catalogue, procedure, judged.facts, failed, judged.today)


def _asked_before(step: Step, asked: dict[str, list[str]]) -> bool:
    """Whether the question a step waits for stands at another step already; it is counted there all the same."""
    if step.state is not StepState.ASK:
        return False
    waiting = asked.setdefault(step.asks[0].fact, [])
    waiting.append(step.id)
    return len(waiting) > 1


def _next_questions(catalogue: Catalogue, asked: dict[str, list[str]], facts: Facts, today: date) -> tuple[Asking, ...]:
    ranked = sorted(asked.items(), key=lambda item: -len(set(item[1])))
    return tuple(
        Asking(question_of(catalogue, fact, facts, today), tuple(dict.fromkeys(steps))) for fact, steps in ranked
    )


def _unlocked(bundles: tuple[Bundle, ...]) -> tuple[Bundle, ...]:
    """Each step told which steps of the same person, or of the household, it makes way for."""
    every = [step for bundle in bundles for step in (*bundle.steps, *bundle.more) if step.state is not StepState.DONE]

    def told(step: Step) -> Step:
        if step.state is StepState.DONE:
            return step
        waiting = (other.id for other in every if step.procedure in other.after and _same_person(step, other))
        return replace(step, unlocks=tuple(waiting))

    return tuple(
        replace(bundle, steps=tuple(map(told, bundle.steps)), more=tuple(map(told, bundle.more))) for bundle in bundles
    )


def _same_person(one: Step, other: Step) -> bool:
    return one.subject is None or other.subject is None or one.subject.id == other.subject.id


_STATES: dict[type[Verdict], StepState] = {
    Due: StepState.DUE,
    Open: StepState.OPEN,
    NotYet: StepState.NOT_YET,
    Ask: StepState.ASK,
    Unheard: StepState.UNHEARD,
    Done: StepState.DONE,
}


def _step(catalogue: Catalogue, procedure: Procedure, facts: Facts, judged: Judgement, today: date) -> Step:
    subject, verdict = judged.subject, judged.verdict
    way = _way(procedure, verdict)
    own = _override(catalogue, procedure, facts, verdict.ward)
    operator = way.operator or procedure.operator
    channel = way.channel or (own.channel if own else None) or procedure.channel
    state = _STATES[type(verdict)]
    fileable = procedure.form and channel is Channel.HERE and state in (StepState.DUE, StepState.OPEN)
    return Step(
        id=procedure.id if subject is None else f"{procedure.id}:{subject.person}",
        procedure=procedure.id,
        subject=None if subject is None else Person(subject.person, subject.name),
        category=procedure.category,
        name=(own.name if own else None) or procedure.name,
        official_name=procedure.official_name,
        state=state,
        due=verdict.by if isinstance(verdict, Due | NotYet) else None,
        opens=verdict.opens if isinstance(verdict, NotYet | Due | Open) else None,
        because=_reason(catalogue, procedure, verdict),
        reason=verdict.because.key,
        law=procedure.law,
        late=None if state is StepState.DONE else (own.late if own else None) or procedure.late,
        operator=operator,
        operator_name=_operator_name(catalogue, procedure, way, operator, facts, verdict.ward),
        channel=channel,
        how=way.how or (own.how if own else None) or procedure.how,
        known=tuple(_known(catalogue, procedure, facts, subject)),
        asks=tuple(question_of(catalogue, fact, facts, today) for fact in verdict.asks),
        reads=procedure.reads,
        heard=judged.heard,
        after=procedure.after,
        unheard=verdict.source if isinstance(verdict, Unheard) else None,
        form=procedure.form.version if fileable and procedure.form else None,
    )


def _way(procedure: Procedure, verdict: Verdict) -> Way:
    return procedure.ways[verdict.way] if verdict.way else Way()


def _override(catalogue: Catalogue, procedure: Procedure, facts: Facts, ward: str | None) -> Override | None:
    """What the ward that takes the step in does otherwise."""
    home = household(facts)
    found = catalogue.wards.get(ward or (home.ward if home else ""))
    return found.procedures.get(procedure.id) if found else None


def _reason(catalogue: Catalogue, procedure: Procedure, verdict: Verdict) -> Text:
    key = verdict.because.key
    if isinstance(verdict, Unheard) and verdict.source is not None:
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
        yield KnownFact(words.facts[name], written or as_text(value), path.source, name)


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
        other.procedure in step.after and other.state is not StepState.DONE and _same_person(step, other)
        for other in waiting
        if other is not step
    )
