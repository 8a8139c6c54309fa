"""The difference between two places to live: what a move stops, starts, ends, renews and leaves, for each person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from life_events.catalogue import Catalogue
from life_events.concerns import Case, concerns
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.move_changes import Destination, Difference, MoveChange
from life_events.move_papers import attached, papers_of, spared_of
from life_events.paths import household
from life_events.ripple import ELSEWHERE, ChangeSpec, Move, MovePhase, Ripple
from life_events.standing import standing
from life_events.terms import Operator, Person, Text
from life_events.wording import say


def difference(
    facts: Facts, catalogue: Catalogue, to_ward: str, planned: date, today: date, people: Sequence[str] | None = None
) -> Difference | None:
    """`planned`: the day of moving told to the ward she leaves (転出予定日); `people`: ids of who moves, None: all.

    None: the register has not been heard, there is no such destination, or nobody of the household moves.
    """
    facts = standing(facts, catalogue, today)
    home, to = household(facts), _destination(facts, catalogue, to_ward)
    if home is None or to is None:
        return None
    movers = tuple(member for member in home.members if people is None or member.person in people)
    if not movers:
        return None
    view = _View(facts, catalogue, home, to, _law_there(catalogue, to), planned, today)
    found = [entry for ripple in catalogue.ripples for entry in view.changes_of(ripple, movers)]
    changes = _in_order(found)
    return Difference(
        leaving=view.leaving,
        leaving_ward=home.ward,
        to=to,
        planned=planned,
        people=movers,
        changes=changes,
        papers=tuple(papers_of(catalogue, changes)),
        spared=tuple(spared_of(catalogue, found)),
    )


def _destination(facts: Facts, catalogue: Catalogue, to_ward: str) -> Destination | None:
    home = household(facts)
    if ward := catalogue.wards.get(to_ward):
        move: Move = "within" if home is not None and home.ward == to_ward else "ward"
        return Destination(to_ward, move, ward.name, ward)
    for elsewhere in ELSEWHERE:
        if to_ward == elsewhere:
            return Destination(to_ward, elsewhere, catalogue.moving.places[elsewhere], None)
    return None


def _law_there(catalogue: Catalogue, to: Destination) -> Law:
    """The law as the receiving ward applies it."""
    if to.ward is None:
        return catalogue.law
    return catalogue.law.in_ward(to.ward.numbers, to.ward.windows, to.ward.opening, to.ward.yearly)


class _View(Struct, frozen=True):
    """What every ripple is looked at with."""

    facts: Facts
    catalogue: Catalogue
    home: Household
    to: Destination
    law: Law
    planned: date
    today: date

    @property
    def leaving(self) -> Text:
        ward = self.catalogue.wards.get(self.home.ward)
        return ward.name if ward else self.catalogue.words.operators[Operator.WARD]

    def changes_of(self, ripple: Ripple, movers: Sequence[Member]) -> Iterator[tuple[int, MoveChange, ChangeSpec]]:
        """Each change with the ripple's place and its spec; `order` is set later, over all of them."""
        subjects: Sequence[Member | None] = movers if ripple.who.each == "person" else (None,)
        for subject in subjects:
            for spec in ripple.changes:
                if self.to.move not in spec.moves:
                    continue
                case = Case(
                    facts=self.facts, law=self.law, home=self.home, member=subject, today=self.today, on=self.planned
                )
                concerned = concerns(ripple.who, spec.facts, case)
                if concerned is not False:
                    yield ripple.place, self._change(ripple, spec, subject, sure=concerned is True), spec

    def _change(self, ripple: Ripple, spec: ChangeSpec, subject: Member | None, *, sure: bool) -> MoveChange:
        opens, last_day = self._days(spec)
        procedure = self.catalogue.procedures.get(spec.procedure or "")
        own = self.to.ward.procedures.get(spec.procedure or "") if self.to.ward and spec.at == "new" else None
        said = {"leaving": self.leaving, "to": self.to.name, "planned": self.planned}
        return MoveChange(
            id=":".join((ripple.id, spec.kind.value, *((subject.person,) if subject else ()))),
            ripple=ripple.id,
            code=ripple.code,
            order=0,
            kind=spec.kind,
            phase=spec.phase,
            at=spec.at,
            procedure=spec.procedure,
            subject=None if subject is None else Person(subject.person, subject.name),
            name=(own.name if own else None) or ripple.name,
            because=say(spec.because, said),
            only_if=None if sure else ripple.only_if,
            office=spec.office or {"old": self.leaving, "new": self.to.name}.get(spec.at),
            opens=opens,
            last_day=last_day,
            late=(own.late if own else None) or (procedure.late if procedure and last_day else None),
            ward_says=own.how if own else None,
            law=ripple.law,
            confidence=ripple.confidence,
            sources=ripple.sources,
            papers=(*spec.take, *attached(procedure, spec)),
        )

    def _days(self, spec: ChangeSpec) -> tuple[date | None, date | None]:
        """The first and the last day; the ward's own window stands before a term."""
        if spec.window and (window := self.law.window(spec.window, self.today)):
            return window.opens, window.closes
        last_day = self.law.last_day(spec.term, self._counted_from(spec)) if spec.term else None
        opens = self.planned - self.law.days(spec.opens, self.planned) if spec.opens else None
        return opens, last_day

    def _counted_from(self, spec: ChangeSpec) -> date:
        """What she told of another move than the one compared does not count."""
        answers = self.facts.answers
        if answers.day("move_date") != self.planned:
            return self.planned
        moved = answers.day("moved_on") or self.planned
        filed = answers.day("move_in_filed") or moved
        return {"planned": self.planned, "moved": moved, "filed": filed}[spec.counted_from]


_PHASES = {phase: rank for rank, phase in enumerate(MovePhase)}


def _in_order(found: Iterable[tuple[int, MoveChange, ChangeSpec]]) -> tuple[MoveChange, ...]:
    """By phase, then by the place of the thing, then as the family is listed."""
    ranked = sorted(found, key=lambda entry: (_PHASES[entry[1].phase], entry[0]))
    return tuple(replace(change, order=order) for order, (_, change, _) in enumerate(ranked, start=1))
