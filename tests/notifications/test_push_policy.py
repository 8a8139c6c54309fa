"""Which push endpoints we follow. The address comes from a browser, so from anyone."""

from __future__ import annotations

import base64

import pytest

from notifications.channels.push_policy import DeviceFault, PushPolicy, check_device, origin_of
from tests.notifications.house import Phone
from tests.notifications.push_service import PushService

POLICY = PushPolicy(extra_origins=frozenset({"http://localhost:8001"}))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://fcm.googleapis.com:443/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
        "http://localhost:8001/push/v2/token",
    ],
)
def test_hana_may_be_pushed_to_at_the_services_her_browsers_use(endpoint: str) -> None:
    assert POLICY.fault_of(endpoint) is None


@pytest.mark.parametrize(
    ("endpoint", "fault"),
    [
        ("http://fcm.googleapis.com/fcm/send/abc", DeviceFault.NOT_HTTPS),
        ("ftp://fcm.googleapis.com/abc", DeviceFault.NOT_HTTPS),
        ("https://10.0.0.5/push", DeviceFault.UNKNOWN_SERVICE),
        ("https://127.0.0.1/push", DeviceFault.UNKNOWN_SERVICE),
        ("https://[::1]/push", DeviceFault.UNKNOWN_SERVICE),
        ("https://[::ffff:169.254.169.254]:443/latest", DeviceFault.UNKNOWN_SERVICE),
        ("https://169.254.169.254/latest/meta-data", DeviceFault.UNKNOWN_SERVICE),
        ("https://2130706433/push", DeviceFault.UNKNOWN_SERVICE),
        ("https://fcm.googleapis.com.evil.example/a", DeviceFault.UNKNOWN_SERVICE),
        ("https://evilpush.apple.com.example/a", DeviceFault.UNKNOWN_SERVICE),
        ("https://push.apple.com/a", DeviceFault.UNKNOWN_SERVICE),
        ("https://.push.apple.com/a", DeviceFault.UNKNOWN_SERVICE),
        ("https://notpush.apple.com/a", DeviceFault.UNKNOWN_SERVICE),
        ("https://fcm.googleapis.com./a", DeviceFault.UNKNOWN_SERVICE),
        ("https://fcm.googleapis.com:8443/a", DeviceFault.ODD_PORT),
        ("https://fcm.googleapis.com:99999/a", DeviceFault.MALFORMED),
        ("https://fcm.googleapis.com@10.0.0.5/a", DeviceFault.USERINFO),
        ("https://user:pass@fcm.googleapis.com/a", DeviceFault.USERINFO),
        ("https://fcm.googleapis.com/a#b", DeviceFault.FRAGMENT),
        ("https://fcm.googleapis.com/a#", DeviceFault.FRAGMENT),
        ("https://10.0.0.5\\@fcm.googleapis.com/a", DeviceFault.MALFORMED),
        ("https://fcm.googleapis.com/a\r\nHost: x", DeviceFault.MALFORMED),
        ("https://ｆcm.googleapis.com/a", DeviceFault.MALFORMED),
        ("https:///a", DeviceFault.MALFORMED),
        ("", DeviceFault.MALFORMED),
        ("https://fcm.googleapis.com/" + "a" * 2048, DeviceFault.TOO_LONG),
        ("http://localhost:8002/push", DeviceFault.NOT_HTTPS),
        ("http://localhost:8001@10.0.0.5/push", DeviceFault.USERINFO),
        ("http://127.0.0.1:8001/push", DeviceFault.NOT_HTTPS),
    ],
)
def test_a_stranger_cannot_make_us_post_into_our_own_network(endpoint: str, fault: DeviceFault) -> None:
    assert POLICY.fault_of(endpoint) is fault


async def test_hanas_keys_are_taken_with_and_without_padding(push_service: PushService) -> None:
    hana = Phone(push_service, "hana")
    endpoint = "https://fcm.googleapis.com/fcm/send/hana"
    assert check_device(POLICY, endpoint, hana.p256dh, hana.auth) is None
    assert check_device(POLICY, endpoint, hana.p256dh + "=", hana.auth + "==") is None


@pytest.mark.parametrize(
    ("p256dh", "auth", "fault"),
    [
        (b"\x04" + b"\x01" * 64, b"a" * 16, DeviceFault.BAD_KEY),
        (b"\x02" + b"\x01" * 32, b"a" * 16, DeviceFault.BAD_KEY),
        (b"\x04" + b"\x00" * 64, b"a" * 16, DeviceFault.BAD_KEY),
        (b"", b"a" * 16, DeviceFault.BAD_KEY),
        (None, b"a" * 15, DeviceFault.BAD_AUTH),
        (None, b"", DeviceFault.BAD_AUTH),
    ],
)
async def test_a_made_up_key_is_refused_before_it_is_kept(
    push_service: PushService, p256dh: bytes | None, auth: bytes, fault: DeviceFault
) -> None:
    key = Phone(push_service, "hana").p256dh if p256dh is None else base64.urlsafe_b64encode(p256dh).decode()
    secret = base64.urlsafe_b64encode(auth).decode()
    assert check_device(POLICY, "https://fcm.googleapis.com/a", key, secret) is fault


def test_the_audience_of_a_token_is_the_origin_of_the_endpoint() -> None:
    assert origin_of("https://fcm.googleapis.com:443/fcm/send/a?b=c") == "https://fcm.googleapis.com"
    assert origin_of("http://localhost:8001/push/v2/t") == "http://localhost:8001"


def test_every_refusal_is_told_in_three_languages() -> None:
    assert all(fault.text.ja and fault.text.easy and fault.text.en for fault in DeviceFault)
