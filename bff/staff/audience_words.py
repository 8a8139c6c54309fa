"""An audience said in Japanese, as its writer and its approver read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from bff.staff.words import day, knows, word
from notifications.audience import All, Any, Audience, ChildAge, ChildBorn, Contact, Marked, Not, Rule, Speaks
from notifications.audience.example import OF_CHILD

Names = Mapping[str, str]
"""What marks are called that do not say it themselves: a life event's, a list's."""


def audience_in_words(audience: Audience, ward: str, names: Names) -> str:
    """`ward` is the ward's Japanese name."""
    parts = audience.rule.of if isinstance(audience.rule, All) else (audience.rule,)
    only = tuple(part for part in parts if not isinstance(part, Not))
    but = tuple(part.rule for part in parts if isinstance(part, Not))
    told = word("audience", "everyone", ward=ward)
    if only:
        told = word("audience", "some", ward=ward, conditions=_said(only[0] if len(only) == 1 else All(only), names))
    if but:
        told += word("audience", "but", people=_said(but[0] if len(but) == 1 else Any(but), names))
    return told


def mark_in_words(mark: str, names: Names) -> str:
    """`class:芝浜小学校:1年2組` → 「芝浜小学校 1年2組」."""
    kind, _, rest = mark.partition(":")
    if mark in names:
        return names[mark]
    if kind == "care":
        return word("care", rest) if knows("care", rest) else rest
    if kind == "year":
        school, _, year = rest.rpartition(":")
        return f"{school} {year}年"
    return word("audience", "gone") if kind in ("list", "event") else rest.replace(":", " ")


def person_in_words(made_up: Contact, today: date, names: Names) -> str:
    """One of the made-up people."""
    told = [word("example", "reads", language=word("language", made_up.language))]
    for birth in sorted(made_up.children_births):
        months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
        age = word("example", "years", years=months // 12) if months >= 24 else word("example", "months", months=months)  # noqa: PLR2004
        told.append(word("example", "child", birth=day(birth), age=age))
    if not made_up.children_births and not any(mark.startswith(OF_CHILD) for mark in made_up.marks):
        told.append(word("example", "no_child"))
    told += [_marked([mark], names) for mark in sorted(made_up.marks)]
    return word("example", "joint").join(told)


def _joined(parts: Sequence[Rule], names: Names) -> str:
    return word("audience", "joint").join(_inside(part, names) for part in parts)


def _said(rule: Rule, names: Names) -> str:
    match rule:
        case All(of):
            return _joined(of, names) if of else word("audience", "all")
        case Any(of):
            return word("audience", "or").join(_alternatives(of, names))
        case Not(inner):
            return word("audience", "other_than", people=_inside(inner, names))
        case Speaks(language):
            return word("audience", "language", languages=word("language", language))
        case _:
            return _told(rule, names)


def _told(rule: ChildAge | ChildBorn | Marked, names: Names) -> str:
    match rule:
        case ChildAge(least, most, unit):
            key = "one_age" if least == most else "child_age"
            return word("audience", key, least=least, most=most, unit=word("unit", unit))
        case ChildBorn(since, until):
            return word("audience", "born", since=day(since), until=day(until))
        case Marked(mark):
            return _marked([mark], names)


def _alternatives(of: Sequence[Rule], names: Names) -> list[str]:
    """What is of one kind in one breath: 「日本語・英語を選んでいる人」."""
    told = []
    for kind, same in groupby(of, key=_kind):
        rules = list(same)
        if kind == "speaks":
            spoken = "・".join(word("language", one.language) for one in rules if isinstance(one, Speaks))
            told.append(word("audience", "language", languages=spoken))
        elif kind:
            told.append(_marked([one.mark for one in rules if isinstance(one, Marked)], names))
        else:
            told += [_inside(one, names) for one in rules]
    return told


def _kind(rule: Rule) -> str:
    """Empty: nothing that is said in one breath with others."""
    if isinstance(rule, Speaks):
        return "speaks"
    return rule.mark.partition(":")[0] if isinstance(rule, Marked) else ""


def _marked(marks: Sequence[str], names: Names) -> str:
    kind = marks[0].partition(":")[0]
    return word("audience", kind, which="・".join(mark_in_words(mark, names) for mark in marks))


def _inside(rule: Rule, names: Names) -> str:
    """In brackets where it would run together with what stands beside it."""
    several = isinstance(rule, All | Any) and len(rule.of) > 1 and len({_kind(one) or id(one) for one in rule.of}) > 1
    return f"（{_said(rule, names)}）" if several else _said(rule, names)
