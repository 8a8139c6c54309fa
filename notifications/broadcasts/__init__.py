"""A ward's or a school's notice to many, from the first draft to the last word about it."""

from notifications.broadcasts.acts import rewrite, send_back, stop, write
from notifications.broadcasts.agreeing import approve, approvers, ask_approval, has_agreed
from notifications.broadcasts.plan import AT_ONCE, Every, Plan
from notifications.broadcasts.read import Counts, Happening, counts, history, of_ward, one
from notifications.broadcasts.terms import (
    APPROVER,
    EDITOR,
    Alike,
    Broadcast,
    Changed,
    Denied,
    Draft,
    DraftRefused,
    NoteMissing,
    NoteRefused,
    NotThere,
    Official,
    Refused,
    State,
    WrongState,
)

__all__ = [
    "APPROVER",
    "AT_ONCE",
    "EDITOR",
    "Alike",
    "Broadcast",
    "Changed",
    "Counts",
    "Denied",
    "Draft",
    "DraftRefused",
    "Every",
    "Happening",
    "NotThere",
    "NoteMissing",
    "NoteRefused",
    "Official",
    "Plan",
    "Refused",
    "State",
    "WrongState",
    "approve",
    "approvers",
    "ask_approval",
    "counts",
    "has_agreed",
    "history",
    "of_ward",
    "one",
    "rewrite",
    "send_back",
    "stop",
    "write",
]
