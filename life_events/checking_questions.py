"""What no single question can promise alone: that the events they belong to exist and end nowhere in a circle."""

from collections.abc import Iterator, Mapping

from life_events.questions import SAME_WITHIN, TOLD_BY_OTHERS, QuestionKind, QuestionSpec


def question_faults(questions: Mapping[str, QuestionSpec]) -> Iterator[tuple[str, str, str]]:
    """The fact, the key at fault, and the fault."""
    for fact, question in questions.items():
        for event in question.of:
            if event in TOLD_BY_OTHERS:
                continue
            if event not in questions:
                yield fact, "of", f"no such fact {event}"
            elif questions[event].per_person and not question.per_person:
                yield fact, "of", f"{event} is asked of each person, {fact} of the household"
        for key in ("taken_back_by", "anew_after"):
            if (other := getattr(question, key)) is not None and other not in questions:
                yield fact, key, f"no such fact {other}"
        if question.lasts is not None and question.lasts <= 0:
            yield fact, "lasts", "no answer is over before it is given"
        if question.same_within != SAME_WITHIN and question.kind is not QuestionKind.DATE:
            yield fact, "same_within", "only for a date"
    for fact in questions:
        if _reaches(questions, fact, fact, set()):
            yield fact, "of", "belongs in the end to itself"


def _reaches(questions: Mapping[str, QuestionSpec], start: str, goal: str, seen: set[str]) -> bool:
    for event in questions[start].of if start in questions else ():
        if event == goal:
            return True
        if event not in seen:
            seen.add(event)
            if _reaches(questions, event, goal, seen):
                return True
    return False
