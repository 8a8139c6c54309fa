"""The sheet for the counter: sealed, small enough for one QR code, and nothing on it that the counter does not need."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bff.handover.seal import Seal
from bff.handover.sheet import Sheet, sheet_of
from bff.handover.square import TooLong, square
from life_events import Catalogue, Facts, Member, difference, load_catalogue
from tests.handover.reading import claims_of, header_of, scanned, unpacked
from tests.life_events.people import SETAGAYA, TODAY, hana, household, told

FRIDAY = date(2026, 12, 18)
NOON = datetime(2026, 12, 18, 3, 0, tzinfo=UTC)
LARGEST_AT_M = 2331
"""Bytes in a version 40 code at level M (ISO/IEC 18004 table 7)."""
EASY_TO_SCAN = 25
"""The highest version that a phone's screen of 390 points shows with three points a module and its quiet zone."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def a_key() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form)


def a_seal(*pems: bytes) -> Seal:
    numbers = iter(range(1000))
    return Seal(
        pems or (a_key(),),
        issuer="https://kurashimado.example",
        lives=timedelta(minutes=30),
        clock=lambda: NOON,
        new_id=lambda: f"jti-{next(numbers):012}",
    )


def a_sheet(catalogue: Catalogue, facts: Facts | None = None, to: str = SETAGAYA) -> Sheet:
    found = difference(facts or hana(), catalogue, to, FRIDAY, TODAY)
    assert found is not None
    sheet = sheet_of(found)
    assert sheet is not None
    return sheet


def test_a_reader_made_of_other_parts_finds_what_was_sealed(catalogue: Catalogue) -> None:
    seal = a_seal()
    sealed = seal.put_under(a_sheet(catalogue))
    claims = claims_of(sealed.token, json.loads(json.dumps(seal.published)))
    assert claims is not None
    assert (claims["aud"], claims["from"], claims["on"]) == (SETAGAYA, "131032", "20261218")
    assert claims["exp"] - claims["iat"] == 30 * 60
    assert claims["iat"] == 1797562800  # 2026-12-18 03:00 UTC
    assert [person[:2] for person in claims["who"]][:2] == [["佐藤 はな", "19900502"], ["佐藤 一郎", "19890109"]]
    assert "JU" in claims["all"]


def test_the_sheet_says_nothing_else_of_the_family(catalogue: Catalogue) -> None:
    claims = claims_of(a_seal().put_under(a_sheet(catalogue)).token, {"keys": []})
    assert claims is None
    sheet = a_sheet(catalogue)
    assert set(sheet.claims) == {"aud", "from", "on", "all", "who"}
    written = json.dumps(sheet.claims, ensure_ascii=False)
    assert "芝公園" not in written
    assert "EL-100" not in written
    assert "サトウ" not in written
    assert "m-1" not in written
    assert not re.search("[0-9]{9,}", written), "no number that could be an individual's or a record's"


def test_what_only_may_concern_her_is_not_told_to_the_counter(catalogue: Catalogue) -> None:
    """Whether she keeps a dog or raises a child alone is nobody's guess."""
    assert not {"DG", "SP", "MP"} & {item.code for item in a_sheet(catalogue).household}
    told_so = a_sheet(catalogue, hana(answers=told(has_dog=True)))
    assert "DG" in {item.code for item in told_so.household}


def test_every_flipped_bit_is_refused(catalogue: Catalogue) -> None:
    seal = a_seal()
    token = seal.put_under(a_sheet(catalogue)).token
    jwks = json.loads(json.dumps(seal.published))
    head, body, signature = token.split(".")
    for part in (1, 2):
        for place in range(0, len((head, body, signature)[part]), 7):
            pieces = [head, body, signature]
            letter = pieces[part][place]
            changed = "A" if letter != "A" else "Q"
            pieces[part] = pieces[part][:place] + changed + pieces[part][place + 1 :]
            if unpacked(pieces[part]) == unpacked((head, body, signature)[part]):
                continue
            assert claims_of(".".join(pieces), jwks) is None, (part, place)


def test_another_houses_seal_is_not_ours_even_under_our_keys_name(catalogue: Catalogue) -> None:
    stranger = a_seal().put_under(a_sheet(catalogue)).token
    (ours,) = json.loads(json.dumps(a_seal().published))["keys"]
    assert claims_of(stranger, {"keys": [ours]}) is None
    assert claims_of(stranger, {"keys": [{**ours, "kid": header_of(stranger)["kid"]}]}) is None


def test_joserfc_itself_reads_it_by_the_published_keys_and_only_with_es256(catalogue: Catalogue) -> None:
    seal = a_seal()
    token = seal.put_under(a_sheet(catalogue)).token
    keys = KeySet.import_key_set(json.loads(json.dumps(seal.published)))
    assert json.loads(jws.deserialize_compact(token, keys, algorithms=["ES256"]).payload)["aud"] == SETAGAYA
    with pytest.raises(JoseError):
        jws.deserialize_compact(token, keys, algorithms=["HS256"])


def test_after_a_change_of_keys_the_new_one_signs_and_the_old_sheet_is_still_read(catalogue: Catalogue) -> None:
    old, new = a_key(), a_key()
    before = a_seal(old).put_under(a_sheet(catalogue)).token
    changed = a_seal(new, old)
    jwks = json.loads(json.dumps(changed.published))
    assert claims_of(before, jwks) is not None
    after = changed.put_under(a_sheet(catalogue)).token
    assert header_of(after)["kid"] == jwks["keys"][0]["kid"] != header_of(before)["kid"]
    assert all("d" not in key for key in jwks["keys"]), "a private key was published"


def test_a_camera_reads_the_square_that_the_phone_draws(catalogue: Catalogue) -> None:
    token = a_seal().put_under(a_sheet(catalogue)).token
    drawn = square(token)
    assert scanned(drawn.path, drawn.side) == token


def test_a_family_of_six_fits_one_square_that_is_easy_to_scan(catalogue: Catalogue) -> None:
    """Three generations with the longest things to do: two parents, three children, a grandmother of 80."""
    family = [
        Member("m-1", True, "長谷川 真理子", "", date(1985, 5, 2), "female", "head"),
        Member("m-2", False, "長谷川 健太郎", "", date(1984, 1, 9), "male", "spouse"),
        Member("m-3", False, "長谷川 さくら子", "", date(2010, 8, 2), "female", "child"),
        Member("m-4", False, "長谷川 翔太郎", "", date(2018, 4, 2), "male", "child"),
        Member("m-5", False, "長谷川 ひなの", "", date(2024, 2, 29), "female", "child"),
        Member("m-6", False, "長谷川 千代乃", "", date(1946, 8, 2), "female", "parent"),
    ]
    token = a_seal().put_under(a_sheet(catalogue, hana(registry=household(*family)))).token
    drawn = square(token)
    assert len(token) < LARGEST_AT_M
    assert drawn.version <= EASY_TO_SCAN
    assert scanned(drawn.path, drawn.side) == token


def test_she_agrees_to_exactly_this_sheet(catalogue: Catalogue) -> None:
    assert a_sheet(catalogue).contents == a_sheet(catalogue).contents
    assert a_sheet(catalogue).contents != a_sheet(catalogue, to="131016").contents


def test_out_of_the_wards_there_is_no_counter_of_ours_to_read_it(catalogue: Catalogue) -> None:
    found = difference(hana(), catalogue, "beyond", FRIDAY, TODAY)
    assert found is not None
    assert sheet_of(found) is None


def test_a_family_too_large_for_any_code_is_told_so(catalogue: Catalogue) -> None:
    many = [Member(f"m-{n}", n == 1, "長谷川 真理子" * 5, "", date(1985, 5, 2), "female", "head") for n in range(1, 61)]
    token = a_seal().put_under(a_sheet(catalogue, hana(registry=household(*many)))).token
    with pytest.raises(TooLong):
        square(token)


def test_a_name_with_an_individual_number_in_it_goes_on_no_sheet(catalogue: Catalogue) -> None:
    odd = Member("m-1", True, "佐藤 123456789018", "", date(1985, 5, 2), "female", "head")
    assert a_sheet(catalogue, hana(registry=household(odd))).holds_individual_number
    assert not a_sheet(catalogue).holds_individual_number
