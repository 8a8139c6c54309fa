"""Login by the stand-in of デジタル認証アプリ: what it gives, and everything it refuses."""

import base64
import hashlib
from collections.abc import Callable

import httpx
import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey, KeySet

from tests.sandbox.city import ORIGIN, City, Login, came_back


async def verified(login: Login, id_token: str) -> dict[str, object]:
    keys = (await login.city.http.get(f"{login.endpoint}/certs")).json()
    return dict(jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=["ES256"]).claims)


async def test_hana_signs_in_and_the_id_token_is_bound_to_this_login(city: City) -> None:
    login = Login(city)
    tokens = await login.signs_in("hana")
    claims = await verified(login, tokens["id_token"])
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert claims["iss"] == f"{ORIGIN}/api/realms/main"
    assert claims["aud"] == "KURASHIMADO01"
    assert claims["nonce"] == login.asked["nonce"]
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    told = (await login.tells(tokens["access_token"])).json()
    assert told == {
        "sub": claims["sub"],
        "name": "佐藤 はな",
        "address": "東京都港区芝浦三丁目9番14号",
        "birthdate": "1990-05-02",
        "gender": "2",
    }


async def test_the_way_back_carries_state_code_and_session_state(city: City) -> None:
    login = Login(city)
    back = await login.chooses("ken")
    assert back["state"] == login.asked["state"]
    assert set(back) == {"state", "code", "session_state"}


async def test_a_person_who_declines_is_only_a_subject(city: City) -> None:
    login = Login(city)
    tokens = await login.signs_in("declines")
    assert set((await login.tells(tokens["access_token"])).json()) == {"sub"}


async def test_only_granted_scopes_are_told(city: City) -> None:
    login = Login(city)
    login.asked["scope"] = "openid name"
    tokens = await login.signs_in("lan")
    assert set((await login.tells(tokens["access_token"])).json()) == {"sub", "name"}


@pytest.mark.parametrize("persona", ["cancel", "locked"])
async def test_cancelling_and_a_locked_card_come_back_as_access_denied(city: City, persona: str) -> None:
    login = Login(city)
    back = await login.chooses(persona)
    assert back["error"] == "access_denied"
    assert back["state"] == login.asked["state"]


async def test_an_official_is_told_with_ward_and_roles(city: City) -> None:
    login = Login(city, realm="staff")
    tokens = await login.signs_in("staff-minato-writer")
    told = (await login.tells(tokens["access_token"])).json()
    assert (told["ward"], told["roles"], told["department"]) == ("131032", ["editor"], "広報課")


async def test_a_token_of_one_realm_opens_nothing_in_the_other(city: City) -> None:
    tokens = await Login(city).signs_in("hana")
    assert (await Login(city, realm="staff").tells(tokens["access_token"])).status_code == 401


async def test_the_persona_page_says_it_is_practice_and_refuses_framing(city: City) -> None:
    page = await Login(city).opens()
    assert page.status_code == 200
    assert page.headers["x-frame-options"] == "DENY"
    assert "これは練習用の代わりの画面です" in page.text
    assert '<button class="choice" name="persona" value="hana">' in page.text
    assert "キャンセル" in page.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "SOMEBODY"),
        ("redirect_uri", "http://house.test/login/callback/"),
        ("redirect_uri", "http://house.test.evil.test/login/callback"),
        ("redirect_uri", "http://house.test/staff/login/callback"),
    ],
)
async def test_an_unregistered_client_or_address_is_never_redirected_to(city: City, name: str, value: str) -> None:
    login = Login(city)
    login.asked[name] = value
    page = await login.opens()
    assert page.status_code == 400
    assert "location" not in page.headers
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", None, "invalid_request"),
        ("scope", "name", "invalid_scope"),
        ("scope", "openid everything", "invalid_scope"),
        ("nonce", None, "invalid_request"),
        ("nonce", "n" * 256, "invalid_request"),
        ("nonce", "なんす", "invalid_request"),
        ("code_challenge", None, "invalid_request"),
        ("code_challenge", "a" * 129, "invalid_request"),
        ("code_challenge", "a+b", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", None, "invalid_request"),
    ],
)
async def test_a_malformed_request_goes_back_with_its_state(
    city: City, name: str, value: str | None, error: str
) -> None:
    login = Login(city)
    login.asked = {key: text for key, text in (login.asked | {name: value}).items() if text is not None}
    answer = await login.opens()
    assert answer.status_code == 302
    back = came_back(answer)
    assert (back["error"], back["state"]) == (error, login.asked["state"])


@pytest.mark.parametrize("state", ["", "s" * 256, "じょうたい"])
async def test_a_state_that_breaks_the_rules_is_not_sent_back(city: City, state: str) -> None:
    login = Login(city)
    login.asked["state"] = state
    back = came_back(await login.opens())
    assert back["error"] == "invalid_request"
    assert "state" not in back


Spoil = Callable[[Login], None]


def claim(name: str, value: object) -> Spoil:
    return lambda login: login.claims.__setitem__(name, value)


def in_seconds(seconds: int) -> Spoil:
    return lambda login: login.claims.__setitem__("exp", int(login.city.time.timestamp()) + seconds)


def stranger(login: Login) -> None:
    login.key = ECKey.generate_key("P-256", auto_kid=True)


@pytest.mark.parametrize(
    "spoil",
    [
        claim("iss", "OTHER"),
        claim("sub", "OTHER"),
        claim("aud", "http://elsewhere.test/token"),
        claim("aud", []),
        claim("jti", ""),
        claim("exp", None),
        in_seconds(-60),
        in_seconds(600),
        stranger,
    ],
)
async def test_a_client_assertion_that_is_not_ours_is_refused(city: City, spoil: Spoil) -> None:
    login = Login(city)
    code = (await login.chooses("hana"))["code"]
    spoil(login)
    answer = await login.exchanges(login.form(code))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_the_issuer_is_accepted_as_audience(city: City) -> None:
    login = Login(city)
    login.claims["aud"] = login.issuer
    assert await login.signs_in("hana")


async def test_an_assertion_works_once(city: City) -> None:
    login = Login(city)
    await login.signs_in("hana")
    answer = await login.exchanges(login.form((await login.chooses("hana"))["code"]))
    assert answer.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "made-up"},
        {"redirect_uri": "http://house.test/other"},
        {"code_verifier": "v" * 43},
        {"code_verifier": ""},
    ],
)
async def test_a_code_is_only_good_for_the_one_who_asked(city: City, wrong: dict[str, str]) -> None:
    login = Login(city)
    form = login.form((await login.chooses("hana"))["code"])
    answer = await login.exchanges(form | wrong)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_a_code_works_once_and_for_sixty_seconds(city: City) -> None:
    first, code = Login(city), (await Login(city).chooses("hana"))["code"]
    first_code = (await first.chooses("hana"))["code"]
    assert (await first.exchanges(first.form(first_code))).status_code == 200
    again = Login(city)
    assert (await again.exchanges(again.form(first_code))).json()["error"] == "invalid_grant"
    city.waits(61)
    late = Login(city)
    assert (await late.exchanges(late.form(code))).json()["error"] == "invalid_grant"


async def test_token_parameters_in_the_query_string_are_not_seen(city: City) -> None:
    login = Login(city)
    form = login.form((await login.chooses("hana"))["code"])
    answer = await city.http.post(f"{login.endpoint}/token", params=form)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "invalid_request",
        "error_description": "Missing form parameter: grant_type",
    }


async def test_a_newly_registered_key_is_found_without_a_restart(city: City) -> None:
    await Login(city).signs_in("hana")
    fresh = ECKey.generate_key("P-256", auto_kid=True)
    city.register(city.key, fresh)
    login = Login(city)
    login.key = fresh
    assert await login.signs_in("hana")


async def test_two_keys_are_published_and_the_older_one_survives_a_rotation(city: City) -> None:
    login = Login(city)
    tokens = await login.signs_in("hana")
    await city.http.post("/_identity/rotate")
    keys = (await city.http.get(f"{login.endpoint}/certs")).json()["keys"]
    assert len(keys) == 2
    assert not any("d" in key for key in keys)
    assert await verified(login, tokens["id_token"])


async def test_an_access_token_ends_after_five_minutes(city: City) -> None:
    login = Login(city)
    tokens = await login.signs_in("hana")
    city.waits(301)
    answer: httpx.Response = await login.tells(tokens["access_token"])
    assert answer.status_code == 401


async def test_garbage_means_an_id_token_signed_by_a_key_nobody_published(city: City) -> None:
    await city.http.post("/_faults/identity", json={"mode": "garbage"})
    login = Login(city)
    tokens = await login.signs_in("hana")
    with pytest.raises(BadSignatureError):
        await verified(login, tokens["id_token"])


async def test_an_identity_provider_out_of_order_answers_503(city: City) -> None:
    await city.http.post("/_faults/identity", json={"mode": "error"})
    assert (await Login(city).opens()).status_code == 503
    assert (await Login(city).exchanges({})).status_code == 503
