"""What leaves for a push service, and what its answer means."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from http_ece import ECEException
from joserfc import jwt
from joserfc.jwk import ECKey
from pywebpush import WebPusher

from notifications.channels.lines import Lines
from notifications.channels.push_policy import PushPolicy
from notifications.channels.sealing import BadKey, seal
from notifications.channels.senders import Answer, Unreached
from notifications.channels.vapid import Vapid, new_private_key_pem
from notifications.channels.web_push import WebPush, outcome_of, payload, topic
from notifications.notice import Kind, Language, Text
from notifications.parcel import Fate, Outcome, Parcel
from tests.notifications.house import MailRoom, Phone, notice
from tests.notifications.push_service import PushService

NOW = datetime(2026, 6, 13, 1, 0, tzinfo=UTC)
SUBJECT = "mailto:push@kurashimado.example"


def parcel(phone: Phone, language: Language = Language.JA) -> Parcel:
    return Parcel(uuid4(), phone.endpoint, phone.p256dh, phone.auth, language)


async def test_only_hanas_phone_can_read_what_the_push_service_carries(room: MailRoom) -> None:
    hana, other = Phone(room.service, "hana"), Phone(room.service, "other")
    told = notice(NOW, kind=Kind.INFORMATION)
    sent = parcel(hana, Language.EASY)
    assert await room.pusher.push(told, [sent], NOW) == {sent.device: Outcome(Fate.ACCEPTED, 201)}
    (message,) = hana.posts()
    assert json.loads(hana.decrypt(message.body)) == {
        "web_push": 8030,
        "notice": str(told.id),
        "sender": "港区から 新しい おしらせが あります",
        "revision": 1,
        "navigate": f"/inbox/{told.id}",
        "notification": {
            "title": "港区から 新しい おしらせが あります",
            "navigate": f"https://kurashimado.example/inbox/{told.id}",
            "lang": "ja",
            "tag": str(told.id),
        },
    }
    with pytest.raises((ECEException, InvalidTag)):
        other.decrypt(message.body)
    assert len(message.body) <= 4096


@pytest.mark.parametrize("plain", [b"x", "港".encode() * 100, b"x" * 3993])
async def test_what_is_sealed_is_opened_by_the_references_and_as_long_as_theirs(
    push_service: PushService, plain: bytes
) -> None:
    hana = Phone(push_service, "hana")
    sealed = seal(hana.p256dh, hana.auth, plain)
    subscription = {"endpoint": hana.endpoint, "keys": {"p256dh": hana.p256dh, "auth": hana.auth}}
    theirs = WebPusher(subscription).encode(plain, "aes128gcm")["body"]
    assert hana.decrypt(sealed) == hana.decrypt(theirs) == plain
    assert len(sealed) == len(theirs) <= 4096
    assert sealed[:16] != seal(hana.p256dh, hana.auth, plain)[:16]


@pytest.mark.parametrize(("p256dh", "auth"), [("BA", "AAAAAAAAAAAAAAAAAAAAAA"), ("", ""), ("é", "A")])
def test_a_key_that_is_none_is_refused_and_so_is_what_does_not_fit(p256dh: str, auth: str) -> None:
    with pytest.raises(BadKey):
        seal(p256dh, auth, b"x")
    with pytest.raises(ValueError, match="4096"):
        seal(p256dh, auth, b"x" * 3994)


async def test_the_headers_are_those_of_the_rfcs(room: MailRoom) -> None:
    hana = Phone(room.service, "hana")
    told = notice(NOW, kind=Kind.ACTION, act_by=date(2026, 6, 13))
    await room.pusher.push(told, [parcel(hana)], NOW)
    (message,) = hana.posts()
    assert message.headers["TTL"] == str(14 * 3600), "from 10 o'clock to midnight in Japan"
    assert message.headers["Urgency"] == "high"
    assert message.headers["Content-Encoding"] == "aes128gcm"
    assert message.headers["Topic"] == topic(told.id)


@pytest.mark.parametrize("id", [UUID(int=0), UUID(int=2**128 - 1), UUID(int=0x5B0E8C3A6F1D4C5E9A427D3F10C4B8AA)])
def test_a_topic_is_at_most_32_characters_of_base64url(id: UUID) -> None:
    assert len(topic(id)) == 22
    assert base64.urlsafe_b64decode(topic(id) + "==") == id.bytes


async def test_one_token_serves_all_phones_of_a_push_service_for_half_a_day(room: MailRoom) -> None:
    now = [NOW]
    pem = new_private_key_pem()
    vapid = Vapid(pem, SUBJECT, lambda: now[0])
    first = vapid.authorization("https://fcm.googleapis.com")
    assert vapid.authorization("https://fcm.googleapis.com") == first
    assert vapid.authorization("https://web.push.apple.com") != first
    now[0] += timedelta(hours=11, seconds=1)
    assert vapid.authorization("https://fcm.googleapis.com") != first
    scheme, token, key = first.replace(",", "").split(" ")
    assert (scheme, key) == ("vapid", f"k={vapid.public_key}")
    read = jwt.decode(token.removeprefix("t="), ECKey.import_key(pem))
    assert read.header["alg"] == "ES256"
    assert read.claims == {
        "aud": "https://fcm.googleapis.com",
        "sub": SUBJECT,
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
    }
    assert len(vapid.public_key) == 87


@pytest.mark.parametrize("subject", ["", "push@example.jp", "mailto:me@localhost", "mailto:me@x.invalid", "mailto:"])
def test_a_subject_apple_refuses_is_refused_at_the_start(subject: str) -> None:
    with pytest.raises(ValueError, match="subject"):
        Vapid(new_private_key_pem(), subject, lambda: NOW)


@pytest.mark.parametrize(
    ("status", "retry_after", "outcome"),
    [
        (201, None, Outcome(Fate.ACCEPTED, 201)),
        (200, None, Outcome(Fate.ACCEPTED, 200)),
        (202, None, Outcome(Fate.ACCEPTED, 202)),
        (404, None, Outcome(Fate.GONE, 404)),
        (410, None, Outcome(Fate.GONE, 410)),
        (413, None, Outcome(Fate.TOO_BIG, 413)),
        (400, None, Outcome(Fate.FAILED, 400)),
        (403, "9", Outcome(Fate.LATER, 403, timedelta(seconds=9))),
        (301, None, Outcome(Fate.FAILED, 301)),
        (429, "120", Outcome(Fate.LATER, 429, timedelta(seconds=120))),
        (503, "Sat, 13 Jun 2026 01:02:00 GMT", Outcome(Fate.LATER, 503, timedelta(minutes=2))),
        (503, "Sat, 13 Jun 2026 00:00:00 GMT", Outcome(Fate.LATER, 503, timedelta(0))),
        (500, "soon", Outcome(Fate.LATER, 500)),
        (500, None, Outcome(Fate.LATER, 500)),
    ],
)
def test_a_push_services_answer_has_one_meaning(status: int, retry_after: str | None, outcome: Outcome) -> None:
    assert outcome_of(Answer(status, retry_after), NOW) == outcome


async def test_a_push_service_that_is_not_there_is_asked_later(room: MailRoom) -> None:
    policy = PushPolicy(extra_origins=frozenset({"http://127.0.0.1:8719"}))
    hana = Phone(room.service, "hana")
    sent = Parcel(uuid4(), "http://127.0.0.1:8719/push/x", hana.p256dh, hana.auth, Language.JA)
    async with Lines() as sender:
        pusher = WebPush(Vapid(new_private_key_pem(), SUBJECT, room.clock), policy, sender, "https://k.example")
        assert await pusher.push(notice(NOW), [sent], NOW) == {sent.device: Outcome(Fate.LATER)}


async def test_an_endpoint_no_longer_trusted_is_not_posted_to(room: MailRoom) -> None:
    hana = Phone(room.service, "hana")
    async with Lines() as sender:
        pusher = WebPush(Vapid(new_private_key_pem(), SUBJECT, room.clock), PushPolicy(), sender, "https://k.example")
        sent = parcel(hana)
        assert await pusher.push(notice(NOW), [sent], NOW) == {sent.device: Outcome(Fate.FAILED)}
    assert hana.posts() == []


async def test_a_broken_key_of_one_phone_does_not_hold_up_the_others(room: MailRoom) -> None:
    hana, broken = Phone(room.service, "hana"), Phone(room.service, "broken")
    good = parcel(hana)
    off_the_curve = base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode()
    bad = Parcel(uuid4(), broken.endpoint, off_the_curve, broken.auth, Language.JA)
    assert await room.pusher.push(notice(NOW), [bad, good], NOW) == {
        bad.device: Outcome(Fate.FAILED, 400),
        good.device: Outcome(Fate.ACCEPTED, 201),
    }


async def test_a_push_service_that_is_busy_or_gone_is_told_apart(push_service: PushService) -> None:
    push_service.answers["hana"] = [(429, {"Retry-After": "7"})]
    async with Lines() as sender:
        answer = await sender.post(f"{push_service.origin}/push/hana", {"TTL": "60", "Topic": "t"}, b"body")
        assert answer == Answer(429, "7")
        with pytest.raises(Unreached):
            await sender.post("http://127.0.0.1:8719/push/x", {}, b"")
    assert push_service.posts[0].body == b"body"


async def test_a_push_service_cannot_send_us_elsewhere(push_service: PushService) -> None:
    push_service.answers["hana"] = [(307, {"Location": f"{push_service.origin}/push/elsewhere"})]
    async with Lines() as sender:
        assert (await sender.post(f"{push_service.origin}/push/hana", {"Topic": "t"}, b"")).status == 307
    assert [message.token for message in push_service.posts] == ["hana"]


def test_a_push_names_neither_hana_nor_what_it_is_about_and_always_fits() -> None:
    told = notice(NOW, sender=Text.of("港" * 5000), title=Text.of("児童扶養手当"), body=Text.of("佐藤はな様"))
    for language in Language:
        carried = payload(told, language, "https://kurashimado.example")
        assert len(carried) <= 3993
        assert "児童" not in carried.decode()
        assert "佐藤" not in carried.decode()
