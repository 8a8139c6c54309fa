"""The push service as an application server meets it (RFC 8030, 8188, 8291, 8292)."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPusher

from infra.sandbox.push_crypto import ReceiverKeys, open_message
from tests.sandbox.city import ORIGIN, TUESDAY, City

NOW = int(TUESDAY.timestamp())


@dataclass
class School:
    """An application server with a VAPID key, sending one kind of message."""

    vapid: Vapid02 = field(default_factory=Vapid02)
    claims: dict[str, Any] = field(
        default_factory=lambda: {"aud": ORIGIN, "sub": "mailto:school@example.jp", "exp": NOW + 3_600}
    )

    def __post_init__(self) -> None:
        self.vapid.generate_keys()

    @property
    def key(self) -> str:
        point = self.vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def headers(self, **more: str) -> dict[str, str]:
        return self.vapid.sign(dict(self.claims)) | {"TTL": "3600", "Content-Encoding": "aes128gcm"} | more

    async def sends(self, city: City, to: dict[str, Any], text: str, **more: str) -> httpx.Response:
        return await city.http.post(to["endpoint"], content=sealed(to, text), headers=self.headers(**more))


def sealed(to: dict[str, Any], text: str) -> bytes:
    made = WebPusher(to).encode(text.encode(), content_encoding="aes128gcm")
    body: bytes = made["body"]
    return body


async def phones(city: City, count: int, **more: str) -> list[dict[str, Any]]:
    answer = await city.http.post("/push/_subscriptions", json={"count": count, **more})
    assert answer.status_code == 201
    made: list[dict[str, Any]] = answer.json()
    return made


async def counts(city: City) -> dict[str, int]:
    told: dict[str, int] = (await city.http.get("/push/_counts")).json()
    return told


def token(phone: dict[str, Any]) -> str:
    return str(phone["endpoint"]).rsplit("/", 1)[1]


async def test_a_message_reaches_one_phone_and_can_be_read_there(city: City) -> None:
    school, (here, there) = School(), await phones(city, 2)
    answer = await school.sends(city, here, "学校から新しいお知らせ", Topic="notice-1", Urgency="high")
    assert answer.status_code == 201
    assert answer.headers["location"].startswith(f"{ORIGIN}/push/m/")
    read = (await city.http.get("/push/_messages", params={"token": token(here)})).json()
    assert read == [
        {
            "token": token(here),
            "topic": "notice-1",
            "urgency": "high",
            "ttl": 3600,
            "payload": "学校から新しいお知らせ",
            "error": None,
        }
    ]
    assert (await city.http.get("/push/_messages", params={"token": token(there)})).json() == []


def test_the_worked_example_of_rfc_8291() -> None:
    """RFC 8291 §5 and appendix A."""
    scalar = base64.urlsafe_b64decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94=")
    message = base64.urlsafe_b64decode(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    private = ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    keys = ReceiverKeys(private, base64.urlsafe_b64decode("BTBZMqHH6r4Tts7J_aSIgg=="))
    assert open_message(message, keys) == b"When I grow up, I want to be a watermelon"


async def test_a_message_for_another_phone_cannot_be_opened(city: City) -> None:
    school, (here, there) = School(), await phones(city, 2)
    await city.http.post(here["endpoint"], content=sealed(there, "x"), headers=school.headers())
    read = (await city.http.get("/push/_messages")).json()
    assert (read[0]["payload"], read[0]["error"]) == (None, "made for another key")


async def test_the_same_topic_replaces_what_is_still_outstanding(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    for text in ("first", "second"):
        await school.sends(city, phone, text, Topic="notice-1")
    await school.sends(city, phone, "other", Topic="notice-2")
    read = (await city.http.get("/push/_messages")).json()
    assert [message["payload"] for message in read] == ["second", "other"]
    told = await counts(city)
    assert told["posts"] == 3
    assert told["replaced"] == 1
    assert told["outstanding"] == 2
    assert told["most_messages_for_one"] == 2
    assert told["subscriptions_reached"] == 1


async def test_without_a_topic_the_same_text_twice_is_two_messages(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    for _ in range(2):
        await school.sends(city, phone, "again")
    assert (await counts(city))["most_messages_for_one"] == 2


async def test_time_to_live_zero_to_a_phone_that_is_away_is_lost(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    assert (await school.sends(city, phone, "now or never", TTL="0")).status_code == 201
    told = await counts(city)
    assert (told["outstanding"], told["subscriptions_reached"], told["lost"]) == (0, 0, 1)


async def test_an_expired_message_is_no_longer_outstanding(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    await school.sends(city, phone, "soon over", TTL="60")
    city.waits(61)
    assert (await counts(city))["outstanding"] == 0


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"aud": "http://elsewhere.test"}, 403),
        ({"exp": NOW - 1}, 403),
        ({"exp": NOW + 86_401}, 403),
        ({"sub": "school"}, 403),
    ],
)
async def test_a_vapid_token_that_breaks_the_rules_is_refused(city: City, claims: dict[str, Any], status: int) -> None:
    school, (phone,) = School(), await phones(city, 1)
    token_text = bare_token(school, school.claims | claims)
    answer = await city.http.post(
        phone["endpoint"],
        content=sealed(phone, "x"),
        headers=school.headers(Authorization=f"vapid t={token_text}, k={school.key}"),
    )
    assert answer.status_code == status
    assert (await counts(city))["posts"] == 0


async def test_a_signature_of_another_key_is_refused(city: City) -> None:
    school, other, (phone,) = School(), School(), await phones(city, 1)
    forged = school.headers()["Authorization"].replace(school.key, other.key)
    answer = await school.sends(city, phone, "x", Authorization=forged)
    assert answer.status_code == 403


@pytest.mark.parametrize("authorization", ["", "vapid", "vapid t=a.b.c", "Bearer x", "vapid t=あ,k=い"])
async def test_no_vapid_at_all_is_refused(city: City, authorization: str) -> None:
    school, (phone,) = School(), await phones(city, 1)
    headers = [(name.encode(), value.encode()) for name, value in school.headers(Authorization=authorization).items()]
    answer = await city.http.post(phone["endpoint"], content=sealed(phone, "x"), headers=headers)
    assert answer.status_code == 401 if "t=あ" not in authorization else answer.status_code in (401, 403)


async def test_a_token_is_good_until_it_ends_and_not_longer(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    headers, body = school.headers(), sealed(phone, "x")
    assert (await city.http.post(phone["endpoint"], content=body, headers=headers)).status_code == 201
    city.waits(3_601)
    assert (await city.http.post(phone["endpoint"], content=body, headers=headers)).status_code == 403


async def test_a_subscription_bound_to_a_key_hears_only_that_sender(city: City) -> None:
    school, other = School(), School()
    (phone,) = await phones(city, 1, applicationServerKey=school.key)
    assert (await other.sends(city, phone, "x")).status_code == 403
    assert (await school.sends(city, phone, "x")).status_code == 201


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("TTL", "", 400),
        ("TTL", "-1", 400),
        ("TTL", "soon", 400),
        ("Topic", "t" * 33, 400),
        ("Topic", "not allowed", 400),
        ("Urgency", "now", 400),
        ("Content-Encoding", "aesgcm", 415),
    ],
)
async def test_headers_are_checked(city: City, header: str, value: str, status: int) -> None:
    school, (phone,) = School(), await phones(city, 1)
    assert (await school.sends(city, phone, "x", **{header: value})).status_code == status


async def test_bodies_are_checked(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    for body, status in ((b"x" * 4_097, 413), (b"plain text, not encrypted at all" * 5, 400)):
        answer = await city.http.post(phone["endpoint"], content=body, headers=school.headers())
        assert answer.status_code == status
    assert (await school.sends(city, phone, "a" * 3_993)).status_code == 201


async def test_an_expired_subscription_is_gone_and_an_unknown_one_was_never_there(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    assert (await city.http.post(f"/push/_expire/{token(phone)}")).status_code == 200
    assert (await school.sends(city, phone, "x")).status_code == 410
    assert (await school.sends(city, phone | {"endpoint": f"{ORIGIN}/push/v2/none"}, "x")).status_code == 404
    assert (await city.http.post("/push/_expire/none")).status_code == 404


async def test_forgetting_starts_all_over(city: City) -> None:
    school, (phone,) = School(), await phones(city, 1)
    await school.sends(city, phone, "x")
    assert (await city.http.post("/push/_forget")).status_code == 204
    assert set((await counts(city)).values()) == {0}
    assert (await school.sends(city, phone, "x")).status_code == 404


async def test_the_log_lists_every_accepted_post(city: City) -> None:
    school, (here, there) = School(), await phones(city, 2)
    await school.sends(city, here, "x", Topic="a")
    await school.sends(city, there, "x", Topic="b")
    log = (await city.http.get("/push/_log", params={"topic": "b"})).json()
    assert [entry["token"] for entry in log] == [token(there)]
    assert len((await city.http.get("/push/_log", params={"limit": 1})).json()) == 1
    assert (await city.http.get("/push/_log", params={"limit": 0})).status_code == 400


@pytest.mark.parametrize("order", [{"count": 0}, {"count": 100_001}, {}, {"count": 1, "applicationServerKey": "AAAA"}])
async def test_an_impossible_order_of_subscriptions_is_refused(city: City, order: dict[str, Any]) -> None:
    assert (await city.http.post("/push/_subscriptions", json=order)).status_code == 422


async def test_twenty_thousand_phones_are_made_up_in_seconds(city: City) -> None:
    begun = time.monotonic()
    made = await phones(city, 20_000)
    assert len({phone["keys"]["p256dh"] for phone in made}) == 20_000
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(("mode", "status"), [("error", 503), ("garbage", 200)])
async def test_a_push_service_out_of_order_accepts_nothing(city: City, mode: str, status: int) -> None:
    school, (phone,) = School(), await phones(city, 1)
    await city.http.post("/_faults/push", json={"mode": mode})
    assert (await school.sends(city, phone, "x")).status_code == status
    assert (await counts(city))["posts"] == 0


def bare_token(school: School, claims: dict[str, Any]) -> str:
    """A JWT signed without the checks that py_vapid makes on its claims."""

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    text = f"{part(json.dumps({'alg': 'ES256', 'typ': 'JWT'}).encode())}.{part(json.dumps(claims).encode())}"
    r, s = utils.decode_dss_signature(school.vapid.private_key.sign(text.encode(), ec.ECDSA(SHA256())))
    return f"{text}.{part(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
