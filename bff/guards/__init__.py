"""What stands before every door: the headers of every answer, and who may send what. ADR 0031.

A page with a script asks for `nonce()` and is then answered under the strict policy; a form of ours holds
`hidden_token()`. Templates get both by themselves through `bff.guards.templates.Guarded`.
"""

from bff.guards.answering import FIELD, hidden_token, nonce
from bff.guards.gate import HEADER, ONLY_ORIGIN, OPEN, Gate, NotFromHere, StaleToken
from bff.guards.headers import with_headers
from bff.guards.reports import reports
from bff.guards.sides import of_side
from bff.guards.watched import watched

__all__ = [
    "FIELD",
    "HEADER",
    "ONLY_ORIGIN",
    "OPEN",
    "Gate",
    "NotFromHere",
    "StaleToken",
    "hidden_token",
    "nonce",
    "of_side",
    "reports",
    "watched",
    "with_headers",
]
