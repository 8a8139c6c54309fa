"""The difference between two places to live: what a move stops, starts, ends, renews and leaves, for each person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from life_events.catalogue import Catalogue, Procedure, Ward
from life_events.concerns import concerns
from life_events.facts import Facts, Household, Member
from life_events.law import Confidence, Law
from life_events.paths import household
from life_events.ripple import ELSEWHERE, ChangeSpec, Move, MoveKind, MovePhase, MovePlace, Ripple
from life_events.terms import Operator, Person, Text
from life_events.wording import say


class Destination(Struct, frozen=True):
    """`id`: a ward's code, or `tokyo` or `beyond`. `ward` None: not one of the 23."""

    id: str
    move: Move
    name: Text
    ward: Ward | None


class MoveChange(Struct, frozen=True, kw_only=True):
    """One thing for one person, or for the household when `subject` is None.

    `order` counts from 1 over the whole family. `last_day` None: the law sets none, or none that can be told yet.
    `only_if`: nobody can tell whether it concerns them; the text says when it does. `papers`: ids of what to take.
    """

    id: str
    ripple: str
    code: str
    order: int
    kind: MoveKind
    phase: MovePhase
    at: MovePlace
    procedure: str | None
    subject: Person | None
    name: Text
    because: Text
    only_if: Text | None
    office: Text | None
    opens: date | None
    last_day: date | None
    late: Text | None
    law: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    papers: tuple[str, ...]

    def days_left(self, today: date) -> int | None:
        return None if self.last_day is None else (self.last_day - today).days


class Paper(Struct, frozen=True):
    """Something to take to a counter, once however many need it; `changes` names them by id."""

    id: str
    name: Text
    at: MovePlace
    changes: tuple[str, ...]


class Spared(Struct, frozen=True):
    """A paper that need not be taken, and why."""

    name: Text
    why: Text


class Difference(Struct, frozen=True, kw_only=True):
    """`changes` in the order to do them; `people`: who moves."""

    leaving: Text
    leaving_ward: str
    to: Destination
    planned: date
    people: tuple[Member, ...]
    changes: tuple[MoveChange, ...]
    papers: tuple[Paper, ...]
    spared: tuple[Spared, ...]

    def of(self, person: str | None) -> tuple[MoveChange, ...]:
        """What concerns one person, or with None the household as a whole."""
        return tuple(change for change in self.changes if _subject_id(change) == person)


def difference(
    facts: Facts, catalogue: Catalogue, to_ward: str, planned: date, today: date, people: Sequence[str] | None = None
) -> Difference | None:
    """`planned`: the day of moving told to the ward she leaves (転出予定日); `people`: ids of who moves, None: all.

    None: the register has not been heard, there is no such destination, or nobody of the household moves.
    """
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
        papers=tuple(_papers(catalogue, changes)),
        spared=tuple(_spared(catalogue, found)),
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
    return catalogue.law.in_ward(to.ward.code, to.ward.numbers, to.ward.windows, to.ward.opening)


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
                concerned = concerns(ripple.who, spec.facts, self.facts, subject, self.planned)
                if concerned is not False:
                    yield ripple.place, self._change(ripple, spec, subject, sure=concerned is True), spec

    def _change(self, ripple: Ripple, spec: ChangeSpec, subject: Member | None, *, sure: bool) -> MoveChange:
        opens, last_day = self._days(spec)
        procedure = self.catalogue.procedures.get(spec.procedure or "")
        own = self.to.ward.procedures.get(spec.procedure or "") if self.to.ward and spec.at == "new" else None
        params = {
            "leaving": self.leaving,
            "to": self.to.name,
            "planned": self.planned,
        }
        thing = f"{ripple.id}:{spec.kind.value}"
        return MoveChange(
            id=thing if subject is None else f"{thing}:{subject.person}",
            ripple=ripple.id,
            code=ripple.code,
            order=0,
            kind=spec.kind,
            phase=spec.phase,
            at=spec.at,
            procedure=spec.procedure,
            subject=None if subject is None else Person(subject.person, subject.name),
            name=(own.name if own else None) or ripple.name,
            because=say(spec.because, params),
            only_if=None if sure else ripple.only_if,
            office=spec.office or {"old": self.leaving, "new": self.to.name}.get(spec.at),
            opens=opens,
            last_day=last_day,
            late=(own.late if own else None) or (procedure.late if procedure and last_day else None),
            law=ripple.law,
            confidence=ripple.confidence,
            sources=ripple.sources,
            papers=(*spec.take, *_attached(procedure, spec)),
        )

    def _days(self, spec: ChangeSpec) -> tuple[date | None, date | None]:
        """The first and the last day; the ward's own window stands before a term."""
        if spec.window and (window := self.law.window(spec.window, self.today)):
            return window.opens, window.closes
        filed = self.facts.answers.day("move_in_filed") if spec.counted_from == "filed" else None
        last_day = self.law.last_day(spec.term, filed or self.planned) if spec.term else None
        opens = self.planned - self.law.days(spec.opens, self.planned) if spec.opens else None
        return opens, last_day


def _attached(procedure: Procedure | None, spec: ChangeSpec) -> tuple[str, ...]:
    if procedure is None or not spec.attachments:
        return ()
    return tuple(f"{procedure.id}.{paper.id}" for paper in procedure.attachments if paper.omitted is None)


_PHASES = {phase: rank for rank, phase in enumerate(MovePhase)}


def _in_order(found: Iterable[tuple[int, MoveChange, ChangeSpec]]) -> tuple[MoveChange, ...]:
    """By phase, then by the place of the thing, then as the family is listed."""
    ranked = sorted(found, key=lambda entry: (_PHASES[entry[1].phase], entry[0]))
    return tuple(replace(change, order=order) for order, (_, change, _) in enumerate(ranked, start=1))


def _papers(catalogue: Catalogue, changes: Sequence[MoveChange]) -> Iterator[Paper]:
    """Each paper once for each place, in the order of the visits; two names that read alike are one paper."""
    gathered: dict[tuple[MovePlace, str], Paper] = {}
    for change in changes:
        for id in change.papers:
            name = _paper_name(catalogue, id)
            known = gathered.get((change.at, name.ja))
            others = known.changes if known else ()
            gathered[change.at, name.ja] = Paper(known.id if known else id, name, change.at, (*others, change.id))
    yield from gathered.values()


def _paper_name(catalogue: Catalogue, id: str) -> Text:
    if id in catalogue.moving.papers:
        return catalogue.moving.papers[id]
    procedure, _, paper = id.partition(".")
    return next(one.name for one in catalogue.procedures[procedure].attachments if one.id == paper)


def _spared(catalogue: Catalogue, found: Iterable[tuple[int, MoveChange, ChangeSpec]]) -> Iterator[Spared]:
    """What falls away by information linkage (情報連携), each once."""
    seen: set[str] = set()
    for _, change, spec in found:
        for name, why in _falling_away(catalogue, change, spec):
            if name.ja not in seen:
                seen.add(name.ja)
                yield Spared(name, why)


def _falling_away(catalogue: Catalogue, change: MoveChange, spec: ChangeSpec) -> Iterator[tuple[Text, Text]]:
    for id in spec.falls_away:
        yield catalogue.moving.papers[id], catalogue.moving.falls_away[id]
    procedure = catalogue.procedures.get(change.procedure or "")
    if procedure is not None and spec.attachments:
        for paper in procedure.attachments:
            if paper.omitted is not None:
                yield paper.name, paper.omitted


def _subject_id(change: MoveChange) -> str | None:
    return change.subject.id if change.subject else None
