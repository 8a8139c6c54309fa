"""Envelope encryption, pseudonyms, wards of addresses, and what a provider says of a person."""

from __future__ import annotations

from datetime import date
from secrets import token_bytes
from uuid import UUID

import msgspec
import pytest

from bff.identity.keys import KeyRing, Unreadable, WrappedKey
from bff.identity.residents import Basics
from bff.identity.userinfo import basics_of, official_of
from bff.identity.wards import ward_of

HANA, KEN = UUID(int=1), UUID(int=2)
OLD, NEW = {"2025": bytes(32)}, {"2025": bytes(32), "2026": bytes(range(32))}
WARDS = [("131016", "千代田区"), ("131032", "港区"), ("131172", "北区"), ("131229", "葛飾区")]


def test_what_is_sealed_for_hana_opens_for_hana() -> None:
    ring = KeyRing(OLD, "2025", token_bytes)
    key = ring.open(HANA, ring.fresh(HANA))
    sealed = key.seal("basics", b"secret")
    assert key.open("basics", sealed) == b"secret"
    assert b"secret" not in sealed
    assert sealed != key.seal("basics", b"secret")


def test_it_opens_for_no_other_kind_and_not_when_altered() -> None:
    ring = KeyRing(OLD, "2025", token_bytes)
    key = ring.open(HANA, ring.fresh(HANA))
    sealed = key.seal("basics", b"secret")
    for kind, text in (
        ("facts", sealed),
        ("basics", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("basics", sealed[:5]),
        ("basics", b""),
    ):
        with pytest.raises(Unreadable):
            key.open(kind, text)


def test_a_data_key_is_of_no_use_to_another_resident() -> None:
    ring = KeyRing(OLD, "2025", token_bytes)
    with pytest.raises(Unreadable):
        ring.open(KEN, ring.fresh(HANA))


def test_the_master_key_changes_and_what_was_sealed_stays_readable() -> None:
    old = KeyRing(OLD, "2025", token_bytes)
    wrapped = old.fresh(HANA)
    sealed = old.open(HANA, wrapped).seal("basics", b"secret")
    new = KeyRing(NEW, "2026", token_bytes)
    assert new.open(HANA, wrapped).open("basics", sealed) == b"secret"
    anew = new.rewrap(HANA, wrapped)
    assert (anew.key_id, new.is_current(anew), new.is_current(wrapped)) == ("2026", True, False)
    only_new = KeyRing({"2026": NEW["2026"]}, "2026", token_bytes)
    assert only_new.open(HANA, anew).open("basics", sealed) == b"secret"
    with pytest.raises(Unreadable):
        only_new.open(HANA, wrapped)


@pytest.mark.parametrize(("masters", "current"), [({}, "a"), ({"a": bytes(31)}, "a"), ({"a": bytes(32)}, "b")])
def test_a_ring_without_a_whole_current_key_is_refused(masters: dict[str, bytes], current: str) -> None:
    with pytest.raises(ValueError, match="32-byte"):
        KeyRing(masters, current, token_bytes)


def test_a_key_does_not_show_itself() -> None:
    ring = KeyRing(OLD, "2025", lambda count: b"k" * count)
    assert "kk" not in repr(ring.open(HANA, WrappedKey("2025", ring.fresh(HANA).wrapped)))


@pytest.mark.parametrize(
    ("address", "ward"),
    [
        ("東京都港区芝公園一丁目5番25号", "131032"),
        ("港区芝公園一丁目", "131032"),
        ("東京都 港区芝公園一丁目", "131032"),
        ("東京都葛\U000e0100飾区立石五丁目", "131229"),
        ("大阪府大阪市港区市岡一丁目", None),
        ("愛知県名古屋市北区清水四丁目", None),
        ("神奈川県横浜市港北区", None),
        ("東京都八王子市元本郷町", None),
        ("", None),
    ],
)
def test_the_ward_of_an_address(address: str, ward: str | None) -> None:
    assert ward_of(address, WARDS) == ward


@pytest.mark.parametrize("birthdate", ["1990-01-02", "19900102"])
def test_a_birthdate_is_read_with_and_without_hyphens(birthdate: str) -> None:
    told = basics_of({"sub": "s", "name": "特別 花子", "address": "東京都", "birthdate": birthdate, "gender": "2"})
    assert told == Basics("特別 花子", "東京都", date(1990, 1, 2), "2")


@pytest.mark.parametrize("birthdate", ["1990", "1990-02-30", "0000-01-02", "１９９００１０２x", 19900102, None])
def test_a_birthdate_that_is_none_does_no_harm(birthdate: object) -> None:
    assert basics_of({"sub": "s", "birthdate": birthdate}).birth_date is None


def test_an_address_may_be_an_object_and_everything_may_be_declined() -> None:
    assert basics_of({"address": {"formatted": "東京都港区"}}).address == "東京都港区"
    assert basics_of({"address": {"formatted": 1}, "name": ["x"], "gender": {}}) == Basics()
    assert not basics_of({"sub": "s"}).given


@pytest.mark.parametrize(
    "wrong", [{"ward": ""}, {"ward": "011002"}, {"roles": []}, {"roles": ["admin"]}, {"roles": None}, {"name": ""}]
)
def test_rights_of_an_official_are_read_strictly(wrong: dict[str, object]) -> None:
    claims = {"sub": "s", "name": "渡辺 明", "ward": "131032", "department": "広報課", "roles": ["editor"]}
    assert official_of(claims).roles == ("editor",)
    with pytest.raises(msgspec.ValidationError):
        official_of({**claims, **wrong})
