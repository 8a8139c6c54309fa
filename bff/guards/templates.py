"""Templates in which no script is without its nonce and no form without its token, since nobody has to remember."""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

from bff.guards.answering import bare_token, hidden_token, nonce

_SCRIPT = re.compile(r"<script(?=[\s>])")
_FORM = re.compile(r'<form\b[^<>]*\bmethod="post"[^<>]*>', re.IGNORECASE)


class Guarded(Extension):
    """Adds both while a template is read."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals |= {"nonce": nonce, "hidden_token": hidden_token, "bare_token": bare_token}

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        with_nonces = _SCRIPT.sub('<script nonce="{{ nonce() }}"', source)
        return _FORM.sub(lambda form: form[0] + "{{ hidden_token() }}", with_nonces)
