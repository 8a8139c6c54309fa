"""What a push carries: who writes, no name, no content; the phone fetches the notice itself."""

from __future__ import annotations

import base64
import json
from uuid import UUID

from notifications.channels.sealing import MOST_PLAINTEXT
from notifications.notice import Notice
from notifications.parcel import Digest
from notifications.texts import told_in
from notifications.words import Language, Text

LONGEST_SENDER = 60
_IN_HTML = {one: one.value for one in Language} | {Language.EASY: "ja", Language.TL: "fil", Language.PT: "pt-BR"}


def payload(
    notice: Notice,
    language: Language,
    app_origin: str,
    *,
    revision: int = 1,
    recalled: bool = False,
    badge: int | None = None,
) -> bytes:
    """JSON both of our own service worker and of declarative Web Push, which Safari shows without asking the worker.
    `badge`: how many notices she has not read, for the app's icon there; elsewhere the worker counts itself."""
    said = line(notice, language, revision=revision, recalled=recalled)
    path = f"/inbox/{notice.id}"
    told: dict[str, object] = {
        "web_push": 8030,
        "notice": str(notice.id),
        "revision": revision,
        "sender": said,
        "navigate": path,
        "notification": {
            "title": said,
            "navigate": app_origin + path,
            "lang": _IN_HTML[language],
            "tag": str(notice.id),
        },
    }
    if badge is not None:
        told["app_badge"] = badge
    return _fitting(told)


def line(notice: Notice, language: Language, *, revision: int, recalled: bool) -> str:
    """Who writes, and of what class it is."""
    who = notice.sender.in_language(language)[:LONGEST_SENDER]
    kind = "recalled" if recalled else "corrected" if revision > 1 else notice.kind.value
    return told_in(language, "push", kind, sender=Text.of(who))


def digest_payload(digest: Digest, language: Language, app_origin: str) -> bytes:
    """One notification in place of many; the tag is another each day, so that the phone sounds again."""
    said = told_in(language, "push", "digest", count=Text.of(str(digest.count)))
    told = {
        "web_push": 8030,
        "digest": digest.id,
        "sender": said,
        "body": "\n".join(digest.lines),
        "navigate": "/inbox",
        "notification": {
            "title": said,
            "body": "\n".join(digest.lines),
            "navigate": f"{app_origin}/inbox",
            "lang": _IN_HTML[language],
            "tag": f"digest:{digest.id}",
            "data": {"digest": digest.id},
        },
    }
    return _fitting(told)


def trial_payload(trial: UUID, language: Language, app_origin: str) -> bytes:
    """Of a push she asked for herself, to see whether it arrives."""
    said = told_in(language, "push", "trial")
    told = {
        "web_push": 8030,
        "trial": str(trial),
        "sender": said,
        "navigate": "/settings",
        "notification": {
            "title": said,
            "navigate": f"{app_origin}/settings",
            "lang": _IN_HTML[language],
            "tag": "trial",
            "data": {"trial": str(trial)},
        },
        "mutable": True,
    }
    return _fitting(told)


def topic(notice: UUID) -> str:
    """The same notice again replaces the one still waiting at the push service (RFC 8030 5.4). 22 of 32 characters."""
    return base64.urlsafe_b64encode(notice.bytes).rstrip(b"=").decode()


def _fitting(told: dict[str, object]) -> bytes:
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > MOST_PLAINTEXT:
        raise ValueError("a push must fit into 4096 bytes")
    return plain
