"""Dates as an iCalendar file (RFC 5545). The same dates make the same bytes, so that a reader may ask by ETag."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Alarm, Calendar, Event

from bff.calendars.dates import Entry
from bff.texts import say

PRODUCT: Final = "-//Kurashimado//Dates//JA"
AGAIN: Final = timedelta(hours=6)
"""How often a reader may come back."""
ALARMS: Final = (timedelta(days=-1),)
SHORTLY: Final = timedelta(hours=-2)


def file_of(
    entries: Sequence[Entry], *, origin: str, language: str, full_words: bool, made_at: datetime, name: str = ""
) -> bytes:
    """`full_words` False: every date is called the same, and says nothing of what it is or where."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name or _in("calendar_name", language))
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry, origin, language, full_words, made_at))
    return bytes(calendar.to_ical())


def etag_of(file: bytes) -> str:
    return f'"{sha256(file).hexdigest()[:32]}"'


def _event(entry: Entry, origin: str, language: str, full_words: bool, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{sha256(entry.key.encode()).hexdigest()[:32]}@kurashimado")
    event.add("dtstamp", entry.changed_at or made_at)
    if entry.starts_at is not None and entry.until is not None:
        event.add("dtstart", entry.starts_at)
        event.add("dtend", entry.until)
        event.add("last-modified", entry.changed_at or made_at)
        event.add("status", "CONFIRMED" if entry.is_sure else "TENTATIVE")
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    words = _in(f"calendar_{entry.kind}" if full_words else f"calendar_discreet_{entry.kind}", language)
    title = words.replace("{name}", entry.name.in_language(language))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("url", f"{origin}{entry.about}" if full_words else origin)
    if full_words and entry.place:
        event.add("location", entry.place)
    for before in ALARMS if entry.starts_at is None else (*ALARMS, SHORTLY):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _in(key: str, language: str) -> str:
    told = say(key, name="{name}") if "discreet" not in key else say(key)
    return told.in_language(language)
