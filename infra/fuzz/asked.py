"""What a browser, a phone or a program asks for: documents, places in lists, addresses, answers of authenticators."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID

import msgspec
from graphql import GraphQLError

from bff.calendars import feeds
from bff.calendars.dates import Entry
from bff.calendars.file import file_of
from bff.errors import NOT_JSON
from bff.graphql import limits, pages
from bff.graphql.door import Ask
from bff.guards.headers import _cookies as cookies_of
from bff.guards.reports import directives
from bff.identity.passkeys.answers import Answer
from bff.identity.passkeys.keeping import Owner, Passkey
from bff.identity.passkeys.refusal import PasskeyRefused
from bff.identity.passkeys.site import Site
from bff.limits.address import address_of
from bff.paper.days import day_in
from bff.reach.links import Links
from bff.settings.reading import networks
from infra.fuzz.target import NOW, Target, text
from life_events import Text
from notifications.channels import email
from notifications.channels.push_policy import PushPolicy, check_device
from notifications.inbox import BadCursor, _place_of

LONGEST_LINE = 75
_SITE = Site("us.test", ("https://us.test",))
_NOBODY = UUID(int=1)
_PASSKEY = Passkey(
    _NOBODY, Owner("resident", _NOBODY), b"c", b"k", 0, False, False, (), "phone", 2, "card", NOW, None
)  # fmt: skip
_CLIENT = base64.urlsafe_b64encode(b'{"challenge":"YQ","type":"webauthn.get","origin":"https://us.test"}').decode()
_PROOF = {
    "id": "Yw", "rawId": "Yw", "type": "public-key", "clientExtensionResults": {},
    "response": {
        "clientDataJSON": _CLIENT.rstrip("="), "authenticatorData": "AAAA", "signature": "AA", "attestationObject": "oA"
    },
}  # fmt: skip
_QUERY = (
    b"query Q($first: Int = 3) { viewer { inbox(first: $first) { nodes { id ...F } } } } fragment F on Notice { id }"
)
_CURSOR = base64.urlsafe_b64encode(b"2026-11-27T03:00:00+00:00|17")
_PLACE = base64.urlsafe_b64encode(b"2026-11-27T03:00:00+00:00 00000000-0000-4000-8000-000000000000")
_PUSH = b"https://fcm.googleapis.com/fcm/send/abc"


def targets() -> list[Target]:
    """Each with a right one of its kind to begin from."""
    return [
        Target("graphql_document", "graphql", _document, (limits.TooMuch,), (_QUERY, b"{ a { ...F } }")),
        Target("graphql_body", "graphql", _body, (limits.TooMuch,), (b'{"id":"a","variables":{"a":[1,{"b":2}]}}',)),
        Target("cursor", "graphql", _cursor, (GraphQLError,), (_CURSOR,)),
        Target("inbox_cursor", "graphql", _inbox_cursor, (BadCursor,), (_PLACE,)),
        Target("passkey", "login", _passkey, (PasskeyRefused,), (json.dumps(_PROOF).encode(),)),
        Target("cookies", "browser", _cookies, (), (b"__Host-session=a; __Host-token=b",)),
        Target("forwarded", "browser", _forwarded, (), (b"203.0.113.7, ::ffff:10.0.0.1, 2001:db8::1",)),
        Target("policy_report", "browser", directives, (), (b'{"csp-report":{"violated-directive":"script-src"}}',)),
        Target("push_endpoint", "push", _push, (), (_PUSH, b"https://a.push.apple.com@evil.test/")),
        Target("mailbox", "reach", _mailbox, (), (b"hana@example.jp", b"a..b.@docomo.ne.jp")),
        Target("letter_link", "reach", _letter_link, (), (b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)),
        Target("calendar_address", "calendars", _calendar_address, (), (b"abc.ics",)),
        Target("calendar_file", "calendars", _calendar_file, (), ("検診\r\nBEGIN:VALARM".encode(),)),
        Target("typed_day", "paper", _typed_day, (), ("令和8年11月27日".encode(), b"2026/11/27")),
    ]


def _document(data: bytes) -> None:
    limits.check(text(data), {"first": 3})


def _body(data: bytes) -> None:
    try:
        ask = msgspec.json.decode(data, type=Ask)
    except NOT_JSON:
        return
    limits.check_variables(ask.variables)


def _cursor(data: bytes) -> None:
    pages.place(text(data))


def _inbox_cursor(data: bytes) -> None:
    _place_of(text(data))


def _passkey(data: bytes) -> None:
    try:
        raw = msgspec.json.decode(data, type=dict[str, Any])
    except NOT_JSON:
        return
    answer = Answer(raw)
    for tried in (lambda: answer.registered(_SITE), lambda: answer.proved(_SITE, _PASSKEY)):
        try:
            tried()
        except PasskeyRefused:
            continue
        raise AssertionError("a proof that nobody made was taken")


def _cookies(data: bytes) -> None:
    cookies_of([(b"cookie", data)])


def _forwarded(data: bytes) -> None:
    address_of({"x-forwarded-for": text(data)}, "10.0.0.1", networks("TRUSTED_PROXIES", "10.0.0.0/8"))


def _push(data: bytes) -> None:
    """Whatever is followed is followed at a push service that is known."""
    endpoint, policy = text(data), PushPolicy()
    check_device(policy, endpoint, "AA", "AA")
    origin, _ = policy.place_of(endpoint, {})
    if policy.fault_of(endpoint) is None or origin:
        host = endpoint.partition("://")[2].partition("/")[0].partition("?")[0].removesuffix(":443")
        if host not in policy.hosts and not any(one[:1] == "*" and host.endswith(one[1:]) for one in policy.hosts):
            raise AssertionError(f"would be followed to {host!r}")


def _mailbox(data: bytes) -> None:
    """What is written to holds nothing that a mail server reads as more than one mailbox."""
    said = text(data)
    if email.is_address(said) and (not said.isascii() or any(sign in said for sign in ' \r\n<>,;\0"')):
        raise AssertionError(f"more than a mailbox: {said!r}")


def _letter_link(data: bytes) -> None:
    if Links(bytes(32), "https://us.test", "back.test").opened("stop", text(data)) is not None:
        raise AssertionError("whoever does not know the secret has opened a link")


def _calendar_address(data: bytes) -> None:
    feeds.hashed(text(data))


def _calendar_file(data: bytes) -> None:
    """Whatever a date is called, it is one date in the file, and no line of it is too long (RFC 5545 §3.1)."""
    said = f"予定{text(data)}"
    one = Entry("key", "step", NOW.date(), None, None, Text(ja=said, easy=said, en=said), said, "", "/step/x")
    made = file_of([one], origin="https://us.test", language="ja", full_words=True, made_at=NOW)
    lines = made.split(b"\r\n")
    if lines.count(b"BEGIN:VEVENT") != 1 or lines.count(b"BEGIN:VALARM") > 1 or max(map(len, lines)) > LONGEST_LINE:
        raise AssertionError("a name has become a part of the file")


def _typed_day(data: bytes) -> None:
    day_in(text(data))
