"""How a login is refused: one exception, whose code is a sentence for the person and whose detail a row for us."""

from __future__ import annotations


class LoginFailed(Exception):
    """A login did not come to its end; `code` is for the address line, `detail` for the log.

    Codes: `cancelled`, `locked`, `card_ended` (its certificate), `unavailable` (the provider does not answer), `failed`
    (it refused, or answered what was not agreed), `untrusted` (what it said does not hold), `expired`, `unknown`,
    `other_browser`, `other_person`, `signed_out`, `closed`, `no_role`; and of the code of a login that ended in another
    browser: `code_wrong`, `code_spent`, `code_late`, `too_many`.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class SentBack(LoginFailed):
    """Her browser brought it with it, as the provider's word; whoever has a browser can say it too."""
