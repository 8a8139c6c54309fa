"""A reason an official gives: short, and without a 12-digit number."""

from __future__ import annotations

from bff.staff.mistakes import Mistake
from bff.staff.words import word
from life_events import contains_individual_number
from notifications.texts import text_of

LONGEST_REASON = 500


def mistakes_in(note: str) -> tuple[Mistake, ...]:
    if not note:
        return (Mistake("note", word("mistake", "note_empty")),)
    if len(note) > LONGEST_REASON or "\x00" in note:
        return (Mistake("note", word("mistake", "note")),)
    if contains_individual_number(note):
        return (Mistake("note", text_of("refused", "note_number").ja),)
    return ()
