"""A person's home, answered from kept facts alone: no request waits for a foreign service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store as applications
from bff.applications.application import IN_HAND, Application
from bff.facts import store as facts
from bff.facts.store import Held, Kept
from bff.identity.residents import Resident
from life_events import Bundle, Catalogue, Facts, Form, Question, Source, Step, find_question, form_for, plan

SourceState = Literal["waiting", "known", "gap"]


@dataclass(frozen=True)
class HomeSource:
    """One source as it stands: not yet heard (waiting), heard, or silent (a gap; what it told before still stands)."""

    source: Source
    held: Held | None

    @property
    def state(self) -> SourceState:
        if self.held is None:
            return "waiting"
        if self.held.gap is not None:
            return "gap"
        return "known" if self.held.told is not None else "waiting"

    @property
    def as_of(self) -> datetime | None:
        return self.held.told.at if self.held and self.held.told else None


@dataclass(frozen=True)
class Home:
    """Everything the home screen and the screens below it show, judged on one day."""

    answered_at: datetime
    today: date
    catalogue: Catalogue
    facts: Facts
    kept: Kept
    bundles: Sequence[Bundle]
    sent: Mapping[str, Application]

    @property
    def sources(self) -> Sequence[HomeSource]:
        """In the order they are shown."""
        return [
            HomeSource(source, self.kept.get(source.id))
            for source in self.catalogue.sources.values()
            if source.id != "self"
        ]

    def as_of(self, step: Step) -> datetime | None:
        """The oldest time of the facts the step rests upon."""
        told = [self.kept[source].told for source in step.reads if source in self.kept]
        return min((one.at for one in told if one is not None), default=None)

    def told_at(self, source: str) -> datetime | None:
        held = self.kept.get(source)
        return held.told.at if held is not None and held.told is not None else None

    def gaps(self, step: Step) -> Sequence[str]:
        """The silent ones among the sources the step rests upon."""
        return [source for source in step.reads if source in self.kept and self.kept[source].gap is not None]

    def form(self, step: Step) -> Form | None:
        """The form of the step, filled with what is known; None when it is not filed here, not open, or on its way."""
        if step.form is None or self.on_its_way(step):
            return None
        subject = step.subject.id if step.subject else None
        return form_for(self.catalogue, step.procedure, self.facts, subject, self.today)

    def on_its_way(self, step: Step) -> Application | None:
        """The application that the ward still has in hand."""
        sent = self.sent.get(step.id)
        return sent if sent is not None and sent.state in IN_HAND else None

    @property
    def answers(self) -> Sequence[tuple[Question, object]]:
        """What she told us herself, so that she may change it: each question with the value she gave."""
        told = self.facts.answers.values
        return [(question, told[fact]) for fact in told if (question := asked(self.catalogue, fact)) is not None]

    def step(self, step_id: str) -> Step | None:
        return next((step for bundle in self.bundles for step in bundle.steps if step.id == step_id), None)


async def of(conn: AsyncConnection, resident: Resident, catalogue: Catalogue, *, today: date, now: datetime) -> Home:
    """The resident's home, in two round trips: what is kept of her, and what she has sent."""
    kept = await facts.kept(conn, resident)
    sent = await applications.newest_of_each_step(conn, resident.id)
    known = facts.facts_of(kept)
    return Home(now, today, catalogue, known, kept, plan(known, catalogue, today).bundles, sent)


def asked(catalogue: Catalogue, fact: str) -> Question | None:
    """The question behind `fact` as it is shown; None when there is none (any more)."""
    spec = find_question(catalogue, fact)
    return Question(fact, spec.label, spec.help, spec.kind, spec.choices) if spec else None
