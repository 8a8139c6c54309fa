"""A person's home, answered from kept facts alone: no request waits for a foreign service."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store as applications
from bff.applications.application import IN_HAND, Application
from bff.consent import grants
from bff.db import Database
from bff.exchange.silence import Why
from bff.facts import store as facts
from bff.facts.store import Held, Kept
from bff.identity.residents import Resident
from bff.watch import FAILED_RULES
from life_events import (
    RECORDS,
    Amount,
    Answers,
    Asking,
    Bundle,
    Catalogue,
    Change,
    Facts,
    Form,
    Mark,
    Plan,
    Question,
    Source,
    Step,
    StepState,
    amount_of,
    changes,
    find_question,
    form_for,
    plan,
    question_of,
    standing,
)

log = structlog.get_logger()
SourceState = Literal["waiting", "known", "gap", "not_asked", "no_record"]
Unasked = Literal["not_asked", "not_agreed", "no_record"]
DECIDED_COUNTS_FOR = timedelta(days=90)
"""A ward's decision closes the step until its records should show it; after that the records alone count."""


@dataclass(frozen=True)
class HomeSource:
    """One source as it stands: not yet heard (waiting), heard, silent (a gap; what it told before still stands), not
    asked because she lives elsewhere, has not given her address, or has not agreed, or asked and without a record of
    her (who has no card is found in no register by what she typed)."""

    source: Source
    held: Held | None

    @property
    def state(self) -> SourceState:
        if self.held is None:
            return "waiting"
        if self.held.gap is None:
            return "known" if self.held.told is not None else "waiting"
        if self.held.gap.why in (Why.NOT_ASKED, Why.STOPPED):
            return "not_asked"
        return "no_record" if self.held.gap.why is Why.NO_MATCH and self.held.told is None else "gap"

    @property
    def as_of(self) -> datetime | None:
        return self.held.told.at if self.held and self.held.told else None


@dataclass(frozen=True)
class OwnAnswer:
    """`counts`: whether it still speaks; one of an earlier move, say, is only kept until she takes it back."""

    question: Question
    value: object
    at: datetime
    counts: bool


@dataclass(frozen=True)
class Home:
    """Everything the home screen and the screens below it show, judged on one day.

    `fills_from`: the sources whose facts she lets fill in forms; all of them count for the judging.
    """

    answered_at: datetime
    today: date
    catalogue: Catalogue
    facts: Facts
    kept: Kept
    bundles: Sequence[Bundle]
    next_questions: Sequence[Asking]
    sent: Mapping[str, Application]
    fills_from: Collection[str]
    _plans_of_before: dict[datetime, Plan] = field(default_factory=dict, repr=False, compare=False)

    @property
    def sources(self) -> Sequence[HomeSource]:
        """In the order they are shown."""
        return [
            HomeSource(source, self.kept.get(source.id))
            for source in self.catalogue.sources.values()
            if source.id != "self"
        ]

    @property
    def heard(self) -> Sequence[str]:
        """Those that have told something of her, lately or before."""
        return [source for source, held in self.kept.items() if held.told is not None]

    @property
    def stale(self) -> Sequence[str]:
        """Those shown as they told before they fell silent."""
        return [source for source, held in self.kept.items() if held.gap is not None and held.told is not None]

    def as_of(self, step: Step) -> datetime | None:
        """The oldest time of the facts the step rests upon."""
        told = [self.kept[source].told for source in step.reads if source in self.kept and source != "self"]
        return min((one.at for one in told if one is not None), default=None)

    def told_at(self, source: str) -> datetime | None:
        held = self.kept.get(source)
        return held.told.at if held is not None and held.told is not None else None

    def gaps(self, step: Step) -> Sequence[str]:
        """The silent ones among the sources the step rests upon."""
        return [one.source.id for one in self.sources if one.source.id in step.reads and one.state == "gap"]

    def unanswered(self, step: Step) -> Unasked | None:
        """Why the source that the step waits for will not answer; None: it waits for none, or for one that may."""
        source = next((one for one in self.sources if one.source.id == step.unheard), None)
        if source is None or source.held is None or source.held.gap is None:
            return None
        if source.state == "not_asked":
            return "not_agreed" if source.held.gap.why is Why.STOPPED else "not_asked"
        return "no_record" if source.state == "no_record" else None

    def amount(self, step: Step) -> Amount | None:
        """What the step brings; None when it is not about money."""
        subject = step.subject.id if step.subject else None
        return amount_of(self.catalogue, step.procedure, self.facts, self.today, subject)

    def form(self, step: Step) -> Form | None:
        """The form of the step, filled with what is known; None when it is not filed here, not open, or on its way."""
        if step.form is None or self.on_its_way(step) or self.is_decided(step):
            return None
        subject = step.subject.id if step.subject else None
        held_back = RECORDS.difference(self.fills_from)
        return form_for(self.catalogue, step.procedure, self.facts, subject, self.today, held_back=held_back)

    def on_its_way(self, step: Step) -> Application | None:
        """The application that the ward still has in hand."""
        sent = self.sent.get(step.id)
        return sent if sent is not None and sent.state in IN_HAND else None

    def is_decided(self, step: Step) -> bool:
        """Whether the ward has decided what she sent, and nothing has begun anew since.

        The ward's records follow its decision days later; until then they alone would ask for the same again. What she
        has told since opens it again if this very step stands otherwise by it (another move), and by nothing else.
        """
        sent = self.sent.get(step.id)
        if sent is None or sent.state != "decided" or not sent.history:
            return False
        new_since = (given.since for fact in step.heard if (given := self.told_answers.times.get(fact)) is not None)
        if any(since > sent.accepted_at for since in new_since) and self._stands_otherwise(step, sent.accepted_at):
            return False
        return self.answered_at - sent.history[-1].at < DECIDED_COUNTS_FOR

    def _stands_otherwise(self, step: Step, before: datetime) -> bool:
        """Whether the step is another one without what she has told since `before`."""
        if before not in self._plans_of_before:
            told = self.told_answers
            values = {fact: value for fact, value in told.values.items() if told.times[fact].since <= before}
            known = msgspec.structs.replace(facts.facts_of(self.kept), answers=Answers(values, told.times))
            stood = standing(known, self.catalogue, self.today)
            self._plans_of_before[before] = plan(stood, self.catalogue, self.today)
        then = self._plans_of_before[before].step(step.id)
        return then is None or (then.state, then.due, then.form) != (step.state, step.due, step.form)

    def due(self, step: Step) -> date | None:
        """The last day, as long as there is something left to do."""
        return None if self.is_decided(step) else step.due

    @property
    def told_answers(self) -> Answers:
        """All that is kept of her own words with its times; `facts` holds what of it still stands."""
        held = self.kept.get(facts.SELF)
        part = held.told.part if held is not None and held.told is not None else None
        return part if isinstance(part, Answers) else Answers()

    @property
    def answers(self) -> Sequence[OwnAnswer]:
        """What she told us herself, so that she may change it."""
        told, stand = self.told_answers, self.facts.answers.values
        return [
            OwnAnswer(
                question_of(self.catalogue, fact, self.facts, self.today), value, told.times[fact].at, fact in stand
            )
            for fact, value in told.values.items()
            if find_question(self.catalogue, fact) is not None
        ]

    def step(self, step_id: str) -> Step | None:
        return Plan(tuple(self.bundles)).step(step_id)

    def changes(self, since: Sequence[Mark]) -> Sequence[Change]:
        """What is new since a screen showed the steps `since`; what she has just sent herself is no news."""
        hers = {step.id for bundle in self.bundles for step in bundle.steps if self.on_its_way(step)}
        return changes(
            [mark for mark in since if mark.step not in hers], self._as_shown(hers), self.catalogue, self.facts
        )

    def _as_shown(self, without: set[str]) -> Plan:
        """The plan with what the ward has decided as done."""

        def shown(step: Step) -> Step:
            return msgspec.structs.replace(step, state=StepState.DONE) if self.is_decided(step) else step

        return Plan(
            tuple(
                msgspec.structs.replace(
                    bundle, steps=tuple(shown(step) for step in bundle.steps if step.id not in without)
                )
                for bundle in self.bundles
            )
        )


async def of(conn: AsyncConnection, resident: Resident, catalogue: Catalogue, *, today: date, now: datetime) -> Home:
    """The resident's home within a transaction: what is kept of her, what she has sent, and what may fill in forms."""
    kept = await facts.kept(conn, resident, now, facts.OF_HOME)
    sent = await applications.newest_of_each_step(conn, resident.id)
    fills_from = frozenset(await grants.prefilling(conn, resident.id))
    return _judged(kept, sent, fills_from, catalogue, today, now)


async def read(db: Database, resident: Resident, catalogue: Catalogue, *, today: date, now: datetime) -> Home:
    """The same in one round trip."""
    hers = {"whose": resident.id}
    kept, sent, filling = await db.answers(
        (facts.of_home(), {**hers, "now": now}),
        (applications.newest(), hers),
        (grants.filling(), hers),
        resident=resident.id,
    )
    fills_from = frozenset(row.source for row in filling)
    return _judged(facts.held_of(kept, resident), applications.by_step(sent), fills_from, catalogue, today, now)


def _judged(
    kept: Kept,
    sent: Mapping[str, Application],
    fills_from: Collection[str],
    catalogue: Catalogue,
    today: date,
    now: datetime,
) -> Home:
    known = standing(facts.facts_of(kept), catalogue, today)
    planned = plan(known, catalogue, today)
    for failure in planned.failures:
        FAILED_RULES.labels(failure.rule).inc()
        log.error("a rule failed", rule=failure.rule, exc_info=failure.defect)
    home = Home(now, today, catalogue, known, kept, planned.bundles, planned.next_questions, sent, fills_from)
    return replace(home, bundles=[_quiet_last(home, bundle) for bundle in home.bundles])


def _quiet_last(home: Home, bundle: Bundle) -> Bundle:
    """What is in the ward's hands comes after what is in hers, and what is decided last."""

    def rank(step: Step) -> int:
        if home.is_decided(step) or step.state is StepState.DONE:
            return 2
        return 1 if home.on_its_way(step) else 0

    return msgspec.structs.replace(bundle, steps=tuple(sorted(bundle.steps, key=rank)))
