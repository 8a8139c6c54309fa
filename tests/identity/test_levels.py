"""What an act needs, and what a session reaches; numbers are our own reading of DS-511, to be confirmed by the ward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bff.errors import StepUpNeeded
from bff.identity.assurance import LEVELS, Assurance, Need, held, is_for_card_alone, levels, meet
from bff.identity.known_devices import kind_of
from bff.texts import device_text

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
CARD = Assurance(3, 3, NOW, "card")
PASSKEY = Assurance(3, 2, NOW, "passkey")
DESK = Assurance(1, 2, NOW, "passkey")


@pytest.mark.parametrize(
    ("need", "by", "after", "reached", "card_only"),
    [
        (Need(3, 2, 30), CARD, 30, True, False),
        (Need(3, 2, 30), CARD, 31, False, False),
        (Need(3, 2, 30), PASSKEY, 0, True, False),
        (Need(3, 3, 5), PASSKEY, 0, False, True),
        (Need(3, 2), DESK, 0, False, True),
        (Need(1, 1), DESK, 600, True, False),
    ],
)
def test_a_need_is_met_or_says_by_what(need: Need, by: Assurance, after: int, reached: bool, card_only: bool) -> None:
    now = NOW + timedelta(minutes=after)
    assert need.is_met(by, now) == reached
    if not reached:
        with pytest.raises(StepUpNeeded) as no:
            meet(need, by, "submit:x", now)
        assert (no.value.act, no.value.card_only) == ("submit:x", card_only)
    assert is_for_card_alone(need, by) == card_only


def test_a_ward_and_a_procedure_may_need_something_else(tmp_path: Path) -> None:
    own = tmp_path / "levels.toml"
    said = LEVELS.read_text("utf-8").replace(
        "[procedures]\n", "[procedures]\nbulky_waste = { identity = 1, authentication = 1 }\n"
    )
    own.write_text(
        said + "\n[wards.131032.procedures]\ncare_renewal = { identity = 3, authentication = 3, minutes = 5 }\n"
    )
    chosen = levels(own)
    assert chosen.to_submit("care_renewal", "card", "131032") == Need(3, 3, 5)
    assert chosen.to_submit("care_renewal", "card", "131121") == chosen.logins["card"]
    assert chosen.to_submit("bulky_waste", "account", None) == Need(1, 1)
    assert chosen.to_submit("unknown", "none", None) == chosen.acts["submit"]


def test_a_borrower_of_an_open_phone_binds_no_passkey_an_hour_later() -> None:
    held(CARD, "bind_passkey", NOW + timedelta(minutes=10))
    with pytest.raises(StepUpNeeded):
        held(CARD, "bind_passkey", NOW + timedelta(minutes=11))


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "iphone/safari", "iPhone · Safari"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0",
            "windows/edge",
            "Windowsパソコン · Edge",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "android/chrome", "Android端末 · Chrome"),
        ("<script>alert(1)</script>", "", "不明な端末"),
    ],
)
def test_a_device_is_called_in_plain_words(told: str, kind: str, words: str) -> None:
    assert kind_of(told) == kind
    assert device_text(kind).ja == words
