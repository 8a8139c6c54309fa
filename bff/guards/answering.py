"""What belongs to the one answer under way: its nonce, and the token its forms carry."""

from __future__ import annotations

import secrets
from contextvars import ContextVar
from dataclasses import dataclass

from markupsafe import Markup

FIELD = "_token"
"""The hidden field of every form of ours that changes something."""


@dataclass
class Answering:
    """`token`: of the session that asks, empty without one. `nonce`: made when a page asks for it."""

    token: str
    nonce: str = ""


UNDER_WAY: ContextVar[Answering | None] = ContextVar("answering", default=None)


def nonce() -> str:
    """For `<script nonce>`: whoever asks is answered under the policy that lets only this nonce run."""
    answering = UNDER_WAY.get()
    if answering is None:
        return ""
    answering.nonce = answering.nonce or secrets.token_urlsafe(16)
    return answering.nonce


def hidden_token() -> Markup:
    """The hidden field for a form; nothing where no session asks."""
    answering = UNDER_WAY.get()
    if answering is None or not answering.token:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, answering.token)


def bare_token() -> str:
    answering = UNDER_WAY.get()
    return answering.token if answering else ""
