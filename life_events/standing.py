"""Which of her answers still stand: each belongs to its event, and some are true for a while only."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from msgspec import Struct, field
from msgspec.structs import replace

from life_events.catalogue import Catalogue
from life_events.facts import Answers, Facts, Given, answer_id, day_told
from life_events.questions import CERTIFIED, MOVED_IN, TOLD_BY_OTHERS, QuestionSpec
from life_events.rules.disaster import the_blow
from life_events.rules.move import SETTLING_IN, outlived
from life_events.terms import UNKNOWN

TOLD_TOGETHER = timedelta(days=30)
"""What was told so shortly before its event, when that is first told of, belongs to it."""
JAPAN = timezone(timedelta(hours=9))
Questions = Mapping[str, QuestionSpec]


def standing(facts: Facts, catalogue: Catalogue, today: date) -> Facts:
    """The facts with those answers only that speak for today; done once, before anything is judged.

    What comes out has no times, so that a second call costs nothing and changes nothing.
    """
    if not facts.answers.times:
        return facts
    view = _View(facts, catalogue, today)
    values = {fact: value for fact, value in facts.answers.values.items() if view.stands(fact)}
    return replace(facts, answers=Answers(values))


def with_answer(answers: Answers, questions: Questions, fact: str, value: object, now: datetime) -> Answers:
    """With one answer more, or changed, or (None) taken back.

    Who tells more of an event says that it still stands, so its own answer begins to last anew.
    """
    values, times = dict(answers.values), dict(answers.times)
    times[fact] = Given(now, _since(answers, questions, fact, value, now))
    values.pop(fact, None)
    if value is not None:
        values[fact] = value
        for event in _events(questions, fact):
            if event in values and event in times:
                times[event] = Given(now, times[event].since)
    return Answers(values, times)


def dated(answers: Answers, at: datetime) -> Answers:
    """Answers kept before each had its time were all given at `at`, as far as anybody knows."""
    untimed = {fact: Given(at, at) for fact in answers.values if fact not in answers.times}
    return replace(answers, times={**untimed, **answers.times}) if untimed else answers


def _since(answers: Answers, questions: Questions, fact: str, value: object, now: datetime) -> datetime:
    """An event first told of reaches back to what was told of it just before; one whose time was over begins anew."""
    before, question = answers.times.get(fact), questions.get(fact.partition(":")[0])
    if before is None:
        together = (answers.times[id].at for id in answers.times if fact in _events(questions, id))
        return min((at for at in together if now - at <= TOLD_TOGETHER), default=now)
    over = question is not None and _is_over(question, before, _day(now))
    same = fact in answers.values and _same(question, answers.values[fact], value)
    another = question is not None and _said_since(answers, question.anew_after, before)
    return before.since if same and not over and not another else now


def _said_since(answers: Answers, fact: str | None, given: Given) -> bool:
    """Whether "yes" to `fact` was given after that other answer."""
    later = answers.times.get(fact) if fact else None
    return fact is not None and later is not None and later.at > given.since and answers.yes(fact) is True


def _is_over(question: QuestionSpec, given: Given, today: date) -> bool:
    return question.lasts is not None and (today - _day(given.at)).days > question.lasts


def _same(question: QuestionSpec | None, before: object, now: object) -> bool:
    """Whether both speak of one event: a day that is put off a little is the same event."""
    first, second = day_told(before), day_told(now)
    if question is None or first is None or second is None:
        return before == now
    return abs((second - first).days) <= question.same_within


def _events(questions: Questions, fact: str) -> set[str]:
    """Ids of the answers that this one belongs to, near and far."""
    base, _, person = fact.partition(":")
    found: set[str] = set()
    for event in questions[base].of if base in questions else ():
        if spec := questions.get(event):
            id = answer_id(event, person if spec.per_person else None)
            found |= {id, *_events(questions, id)}
    return found


def _day(moment: datetime) -> date:
    return moment.astimezone(JAPAN).date()


class _View(Struct, frozen=True):
    """One look at all answers of a person; the days of what the sources tell are found out once, if at all."""

    facts: Facts
    catalogue: Catalogue
    today: date
    began: dict[str, date | None] = field(default_factory=dict)

    def stands(self, fact: str) -> bool:
        base, _, person = fact.partition(":")
        question, given = self.catalogue.questions.get(base), self.facts.answers.times.get(fact)
        if question is None or given is None:
            return True
        if _said_since(self.facts.answers, question.taken_back_by, given) or self._no_is_over(question, given, fact):
            return False
        return not _is_over(question, given, self.today) and self._belongs(question, given, person)

    def _no_is_over(self, question: QuestionSpec, given: Given, fact: str) -> bool:
        """A "no" to what may come true the next day; a told due date brings that nearer."""
        if question.no_lasts is None or self.facts.answers.values.get(fact) is not False:
            return False
        lasts, due = question.no_lasts, self.facts.answers.day("due_date")
        if question.no_lasts_expecting is not None and due is not None and self._may_be_born_of(due):
            lasts = question.no_lasts_expecting
        return (self.today - _day(given.at)).days > lasts

    def _may_be_born_of(self, due: date) -> bool:
        law = self.catalogue.law
        earliest = due - law.days("earliest_birth_before_due", self.today)
        return earliest <= self.today <= due + law.days("pregnancy_forgotten_after_due", self.today)

    def _belongs(self, question: QuestionSpec, given: Given, person: str) -> bool:
        """Whether it was given since each of its events began, and they belong to theirs.

        An event that has only lasted its time takes nothing with it: what is claimed long after hangs on its dates.
        """
        for event in question.of:
            if event in TOLD_BY_OTHERS:
                began = self._certified(person) if event == CERTIFIED else self._began(event)
                if began and _day(given.at) < began:
                    return False
                continue
            spec = self.catalogue.questions[event]
            of_event = self.facts.answers.times.get(answer_id(event, person if spec.per_person else None))
            if of_event and not (given.at >= of_event.since and self._belongs(spec, of_event, person)):
                return False
        return True

    def _began(self, event: str) -> date | None:
        if event not in self.began:
            self.began[event] = self._moved_in() if event == MOVED_IN else self._struck()
        return self.began[event]

    def _certified(self, person: str) -> date | None:
        record = None if self.facts.care is UNKNOWN else self.facts.care.of(person)
        return record.valid_from if record else None

    def _struck(self) -> date | None:
        blow = the_blow(self.facts, self.catalogue.law, self.today)
        return blow.disaster.on if blow else None

    def _moved_in(self) -> date | None:
        """The day she came to where she lives, or that of telling beforehand of this move."""
        if self.facts.registry is UNKNOWN:
            return None
        home, answers = self.facts.registry, self.facts.answers
        since, to = home.since, answers.values.get("move_to")
        planned, told_of_it = day_told(answers.values.get("move_date")), answers.times.get("move_date")
        if planned is None or told_of_it is None or abs(since - planned) > SETTLING_IN:
            return since
        if isinstance(to, str) and outlived(home, planned, to):
            return since
        return min(since, _day(told_of_it.since))
