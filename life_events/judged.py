"""Every rule asked about one household on one day: each failing alone, and what it heard of her answers noted."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from life_events.catalogue import BundleSpec, Catalogue, Procedure
from life_events.facts import Answers, Facts, Member, answer_id
from life_events.occasions import OCCASIONS
from life_events.paths import household
from life_events.rules.rule import Rule
from life_events.standing import standing
from life_events.steps import Failure
from life_events.verdict import NotYours, Verdict, not_judged, unheard


class Judgement(Struct, frozen=True):
    """`heard`: ids of the answers the rule asked for, given or not."""

    subject: Member | None
    verdict: Verdict
    heard: tuple[str, ...]


class _Noted(Answers, frozen=True):
    """Answers that write down which of them were looked at."""

    looked_at: dict[str, None] = field(default_factory=dict)

    def said(self, fact: str, person: str | None) -> object:
        id = answer_id(fact, person)
        self.looked_at[id] = None
        return self.values.get(id)

    def taken(self) -> tuple[str, ...]:
        """What was looked at since the last call."""
        found = tuple(self.looked_at)
        self.looked_at.clear()
        return found


class Judged:
    """Only the answers that still stand are heard."""

    def __init__(self, facts: Facts, catalogue: Catalogue, today: date) -> None:
        self._noted = _Noted(standing(facts, catalogue, today).answers.values)
        self.facts = replace(facts, answers=self._noted)
        self.catalogue, self.today = catalogue, today
        self.failures: list[Failure] = []

    def has_occasion(self, spec: BundleSpec) -> bool:
        """One that cannot be judged is none; what its procedures say of it stands elsewhere."""
        if spec.occasion is None:
            return True
        try:
            return OCCASIONS[spec.occasion](self.facts, self.catalogue.law, self.today)
        except Exception as defect:
            self.failures.append(Failure(spec.id, defect))
            return False

    def of(self, procedure: Procedure) -> Iterator[Judgement]:
        """Every verdict that is worth a step; none while there is no such procedure in law."""
        if not procedure.effective.holds(self.today):
            return
        for subject, verdict in self._verdicts(procedure.id):
            if not isinstance(verdict, NotYours):
                yield Judgement(subject, verdict, self._noted.taken())

    def failed(self, id: str, subject: Member | None, defect: Exception) -> Judgement:
        self.failures.append(Failure(id, defect))
        return Judgement(subject, not_judged(), ())

    def _verdicts(self, id: str) -> Iterator[tuple[Member | None, Verdict]]:
        """A defect in one rule is one step that cannot be judged now, and not the whole home."""
        self._noted.taken()
        for member, judge in _askings(self.catalogue.rules[id], self.facts, self.catalogue, self.today):
            try:
                verdict = judge()
            except Exception as defect:
                self.failures.append(Failure(id, defect))
                verdict = not_judged()
            yield member, verdict


def verdicts(rule: Rule, facts: Facts, catalogue: Catalogue, today: date) -> Iterator[tuple[Member | None, Verdict]]:
    """What a rule says of the household, or of each of its members; one Unheard while the members are not known."""
    return ((member, judge()) for member, judge in _askings(rule, facts, catalogue, today))


def _askings(
    rule: Rule, facts: Facts, catalogue: Catalogue, today: date
) -> Iterator[tuple[Member | None, Callable[[], Verdict]]]:
    if rule.for_household is not None:
        yield None, partial(rule.for_household, facts, catalogue.law, today)
        return
    home = household(facts)
    if home is None:
        if not rule.quiet:
            yield None, partial(unheard, "registry")
        return
    assert rule.for_person is not None
    for member in home.members:
        yield member, partial(rule.for_person, facts, catalogue.law, today, home, member)
    if rule.for_baby is not None:
        yield None, partial(rule.for_baby, facts, catalogue.law, today)
