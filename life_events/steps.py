"""What a plan is made of: steps in bundles, and the questions still open."""

from datetime import date

from msgspec import Struct

from life_events.questions import Question
from life_events.terms import Channel, Operator, Person, StepState, Text


class KnownFact(Struct, frozen=True):
    """`source` told it; `value` is written for people; `path` of paths.py says which fact it is."""

    label: Text
    value: Text
    source: str
    path: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """`reads`: ids of the sources it rests upon; `heard`: of the answers, given or not, on which its state hangs.

    `unheard`: the source whose silence hides the state; None with UNHEARD: its rule failed.

    `form`: version of the form when it may be filed here now, None otherwise. `opens`: the earliest day, `due`: the
    latest. `after`: procedures that come first; `unlocks`: ids of the steps that wait for this one.
    """

    id: str
    procedure: str
    subject: Person | None
    category: str
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
    heard: tuple[str, ...]
    after: tuple[str, ...]
    unheard: str | None
    form: str | None
    unlocks: tuple[str, ...] = ()

    def days_left(self, today: date) -> int | None:
        """Days until the last day; 0 on the day itself, negative when it has passed."""
        return None if self.due is None else (self.due - today).days


class Bundle(Struct, frozen=True, kw_only=True):
    """One event of life; `steps` most urgent first, none before a step it depends on.

    `more`: what is open to her on demand. `start`: the question that begins it, when she has not begun it.
    """

    id: str
    name: Text
    summary: Text
    steps: tuple[Step, ...]
    more: tuple[Step, ...] = ()
    start: Question | None = None


class Asking(Struct, frozen=True):
    """A question and the ids of the steps that wait for its answer; the one that settles most comes first."""

    question: Question
    settles: tuple[str, ...]


class Failure(Struct, frozen=True):
    """A rule that threw: a defect of ours. `rule`: the procedure, or the bundle whose occasion it was."""

    rule: str
    defect: Exception


class Plan(Struct, frozen=True):
    """A step stands once, in the first of its bundles; `next_questions`: what to ask next."""

    bundles: tuple[Bundle, ...]
    next_questions: tuple[Asking, ...] = ()
    failures: tuple[Failure, ...] = ()

    def bundle(self, id: str) -> Bundle:
        """Raises LookupError when it is not shown."""
        for bundle in self.bundles:
            if bundle.id == id:
                return bundle
        raise LookupError(id)

    def step(self, id: str) -> Step | None:
        every = (step for bundle in self.bundles for step in (*bundle.steps, *bundle.more))
        return next((step for step in every if step.id == id), None)
