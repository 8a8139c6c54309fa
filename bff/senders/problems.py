"""What a sender is refused with: RFC 9457, in English, with the field where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from litestar import Response

from bff.senders.event import Fault

MEDIA: Final = "application/problem+json"
BASE: Final = "tag:kurashimado.example,2026:senders/"
TITLES: Final[Mapping[str, tuple[int, str]]] = {
    "no_key": (401, "the key is missing, unknown or revoked"),
    "scope": (403, "this key may not do that"),
    "no_consent": (403, "this person has not agreed to hear from you, or not any more"),
    "trial_only": (403, "a trial key reaches pretend recipients alone"),
    "not_there": (404, "there is no such thing of yours"),
    "taken": (409, "this id was used for another event already"),
    "stale": (409, "a newer revision of this event was taken already"),
    "withdrawn": (409, "this event was taken back"),
    "too_large": (413, "the body is too large"),
    "not_json": (415, "the body must be application/json"),
    "unfit": (422, "the event is not as it should be"),
    "too_many": (429, "too many requests"),
    "away": (503, "our own store does not answer; nothing was taken, send it again"),
}


class Refused(Exception):
    def __init__(
        self, code: str, detail: str = "", faults: Sequence[Fault] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.faults, self.retry_after = code, detail, faults, retry_after


def problem(refused: Refused) -> Response[Any]:
    status, title = TITLES[refused.code]
    body: dict[str, Any] = {"type": f"{BASE}{refused.code}", "title": title, "status": status}
    if refused.detail:
        body["detail"] = refused.detail
    if refused.faults:
        body["errors"] = [msgspec.to_builtins(one) for one in refused.faults]
    headers = {"Cache-Control": "no-store"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.code == "no_key":
        headers["WWW-Authenticate"] = 'Bearer realm="senders"'
    return Response(msgspec.json.encode(body), status_code=status, media_type=MEDIA, headers=headers)
