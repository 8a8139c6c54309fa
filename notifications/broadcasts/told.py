"""What people will read of a draft or a broadcast: its gaps filled in, and everything that forbids sending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from notifications.audience.singling import asks_too_closely
from notifications.broadcasts.placeholders import LAST_DAY, Misplaced, filled, names_in, unknown_in
from notifications.broadcasts.terms import Broadcast, Draft
from notifications.fitness import DraftFault, Forbidden, faults_of
from notifications.jobs import day_in_japan
from notifications.words import WRITTEN, Language, Text

Told = TypeVar("Told", bound=Draft | Broadcast)


def faults(told: Draft | Broadcast, now: datetime, forbidden: Forbidden) -> tuple[DraftFault, ...]:
    """Everything that forbids sending; empty when fit."""
    found = [
        DraftFault(part, code)
        for part in ("title", "body")
        for code in dict.fromkeys(_gap_fault(getattr(told, part).in_language(one), told.act_by) for one in WRITTEN)
        if code
    ]
    today = day_in_japan(now)
    if not found:
        read = told_on(told, today)
        found += faults_of(read, today, forbidden)
    if asks_too_closely(told.audience.rule):
        found.append(DraftFault("audience", "too_closely"))
    if isinstance(told, Draft) or told.sent_at is None:
        found += [DraftFault(field, code) for field, code in _plan_faults(told, now)]
    return tuple(found)


def told_on(told: Told, day: date) -> Told:
    """As it reads when it is sent on that day. Raises Misplaced."""
    title, body = (_filled(text, told, day) for text in (told.title, told.body))
    return replace(told, title=title, body=body)


def _filled(text: Text, told: Draft | Broadcast, day: date) -> Text:
    if "{" not in text.ja + text.easy + text.en:
        return text
    ja, easy, en = (filled(text.in_language(one), _values(told, day, _read_in(text, one))) for one in WRITTEN)
    return Text(ja, easy, en)


def _read_in(text: Text, language: Language) -> Language:
    """Where nothing was written in English it is Japanese that is read, and its gaps are filled in Japanese."""
    return Language.EASY if language is Language.EN and text.en in (text.easy, text.ja) else language


def _values(told: Draft | Broadcast, day: date, language: Language) -> Mapping[str, str]:
    sender = told.sender.in_language(language)
    act_by = "" if told.act_by is None else _said(told.act_by, language)
    return {"区": sender.split(" ")[0] if language is not Language.EN else sender, "差出人": sender} | {
        "配信日": _said(day, language),
        LAST_DAY: act_by,
    }


def _said(day: date, language: Language) -> str:
    if language is Language.EN:
        return f"{day:%B} {day.day}, {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def _gap_fault(text: str, act_by: date | None) -> str:
    """Where no last day was chosen its gap would stay empty: 申込は までです."""
    try:
        if unknown_in(text):
            return "gap"
        return "no_last_day" if act_by is None and LAST_DAY in names_in(text) else ""
    except Misplaced:
        return "braces"


def _plan_faults(told: Draft | Broadcast, now: datetime) -> tuple[tuple[str, str], ...]:
    """A time that has passed while it waited for approval is no fault: it goes out at once."""
    found = told.plan.faults(now)
    if isinstance(told, Broadcast) and told.plan.begins_at is not None and told.plan.begins_at <= now:
        return tuple(one for one in found if one != ("begins_at", "begins"))
    return found
