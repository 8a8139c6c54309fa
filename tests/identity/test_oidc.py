"""The relying party against a provider that lies in one thing at a time."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from bff.identity.client_keys import ClientKeys
from bff.identity.failures import LoginFailed
from bff.identity.oidc import Identified, RelyingParty
from bff.identity.providers import Provider
from life_events import Text

NOW = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
ISSUER = "https://id.example/api/realms/main"
REALM = Provider(
    issuer=ISSUER,
    client_id="KURASHIMADO01",
    scope="openid name",
    name=Text(ja="カード", easy="カード", en="card"),
    acr_values="aal3 crl",
    endpoints="realm",
    at_hash_required=True,
    proves_anew=True,
)
OURS = ECKey.generate_key("P-256")
THEIRS = ECKey.generate_key("P-256", {"kid": "k1"})
ROTATED = ECKey.generate_key("P-256", {"kid": "k2"})
RSA = RSAKey.generate_key(2048, {"kid": "r1"})
AT_HASH = base64.urlsafe_b64encode(hashlib.sha256(b"access").digest()[:16]).decode().rstrip("=")


def claims(**changed: object) -> dict[str, Any]:
    seconds = int(NOW.timestamp())
    right = {
        "iss": ISSUER,
        "sub": "hana",
        "aud": "KURASHIMADO01",
        "nonce": "n",
        "at_hash": AT_HASH,
        "iat": seconds,
        "exp": seconds + 300,
    }
    return {name: value for name, value in {**right, **changed}.items() if value is not None}


Party = Callable[[httpx.AsyncBaseTransport], RelyingParty]


@dataclass
class Realm(httpx.AsyncBaseTransport):
    """The endpoints of a realm; hands out `id_token` and publishes `keys`, one list after the other."""

    id_token: str
    keys: list[list[Mapping[str, Any]]] = field(default_factory=lambda: [[THEIRS.as_dict(private=False)]])
    userinfo: Mapping[str, Any] = field(default_factory=lambda: {"sub": "hana", "name": "佐藤 はな"})
    forms: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        endpoint = request.url.path.rpartition("/")[2]
        self.asked.append(endpoint)
        if endpoint == "token":
            self.forms.append(dict(parse_qsl((await request.aread()).decode())))
            return httpx.Response(200, json={"access_token": "access", "id_token": self.id_token})
        if endpoint == "certs":
            return httpx.Response(200, json={"keys": self.keys.pop(0) if len(self.keys) > 1 else self.keys[0]})
        assert request.headers["authorization"] == "Bearer access"
        return httpx.Response(200, json=self.userinfo)


@pytest.fixture
def party(tmp_path: Path) -> Party:
    (tmp_path / "ours.pem").write_bytes(OURS.as_pem(private=True))

    def made(realm: httpx.AsyncBaseTransport) -> RelyingParty:
        return RelyingParty(
            httpx.AsyncClient(transport=realm),
            REALM,
            ClientKeys(tmp_path),
            redirect_uri="https://kurashimado.test/login/callback",
            clock=lambda: NOW,
            new_token=lambda: token_urlsafe(32),
            https_only=True,
        )

    return made


def signed(key: Any = THEIRS, algorithm: str = "ES256", kid: str = "k1", **changed: object) -> str:
    return jwt.encode({"alg": algorithm, "kid": kid}, claims(**changed), key, algorithms=[algorithm])


async def finish(relying: RelyingParty) -> Identified:
    return await relying.finish(code="c", nonce="n", verifier="v" * 43)


async def test_the_browser_leaves_with_everything_the_provider_asks_for(party: Party) -> None:
    start = await party(Realm("")).start()
    query = parse_qs(urlsplit(start.url).query)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(start.verifier.encode()).digest()).decode().rstrip("=")
    assert start.url.startswith(f"{ISSUER}/protocol/openid-connect/auth?")
    assert {name: values[0] for name, values in query.items()} == {
        "response_type": "code",
        "client_id": "KURASHIMADO01",
        "redirect_uri": "https://kurashimado.test/login/callback",
        "scope": "openid name",
        "state": start.state,
        "nonce": start.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "acr_values": "aal3 crl",
    }


async def test_hana_is_identified_and_we_sign_for_ourselves(party: Party) -> None:
    realm = Realm(signed())
    assert await finish(party(realm)) == Identified(ISSUER, "hana", {"sub": "hana", "name": "佐藤 はな"})
    form = realm.forms[0]
    assertion = jwt.decode(form["client_assertion"], OURS, algorithms=["ES256"])
    assert assertion.header["kid"] == OURS.thumbprint()
    seconds = int(NOW.timestamp())
    assert (assertion.claims["iss"], assertion.claims["sub"]) == ("KURASHIMADO01", "KURASHIMADO01")
    assert assertion.claims["aud"] == f"{ISSUER}/protocol/openid-connect/token"
    assert (assertion.claims["iat"], assertion.claims["exp"]) == (seconds, seconds + 60)
    assert (form["grant_type"], form["code"], form["code_verifier"]) == ("authorization_code", "c", "v" * 43)
    assert "client_secret" not in form


async def test_no_two_assertions_are_the_same(party: Party) -> None:
    realm = Realm(signed())
    relying = party(realm)
    for _ in range(2):
        await finish(relying)
    first, second = (jwt.decode(form["client_assertion"], OURS).claims["jti"] for form in realm.forms)
    assert first != second
    assert realm.asked.count("certs") == 1


async def test_an_rs256_token_is_taken_too(party: Party) -> None:
    realm = Realm(signed(RSA, "RS256", "r1"), [[RSA.as_dict(private=False)]])
    assert (await finish(party(realm))).sub == "hana"


async def test_a_rotated_key_is_asked_for_once(party: Party) -> None:
    realm = Realm(signed())
    relying = party(realm)
    await finish(relying)
    realm.id_token = signed(ROTATED, kid="k2")
    realm.keys = [[THEIRS.as_dict(private=False), ROTATED.as_dict(private=False)]]
    assert (await finish(relying)).sub == "hana"
    realm.id_token = signed(ROTATED, kid="k3")
    before = realm.asked.count("certs")
    with pytest.raises(LoginFailed):
        await finish(relying)
    assert realm.asked.count("certs") == before + 1


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": ISSUER + "/"},
        {"iss": None},
        {"aud": "KURASHIMADO02"},
        {"aud": ["KURASHIMADO02"]},
        {"aud": ["KURASHIMADO01", "other"], "azp": "other"},
        {"nonce": "another"},
        {"nonce": None},
        {"at_hash": "another"},
        {"at_hash": None},
        {"sub": None},
        {"sub": 1},
        {"exp": int(NOW.timestamp()) - 90},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": int(NOW.timestamp()) + 91},
        {"iat": None},
    ],
)
async def test_one_lie_in_an_id_token_is_enough(changed: dict[str, object], party: Party) -> None:
    realm = Realm(signed(**changed))
    with pytest.raises(LoginFailed) as caught:
        await finish(party(realm))
    assert caught.value.code == "untrusted"
    assert "userinfo" not in realm.asked


@pytest.mark.parametrize("changed", [{"exp": int(NOW.timestamp()) - 89}, {"iat": int(NOW.timestamp()) + 90}])
async def test_clocks_may_differ_by_ninety_seconds(changed: dict[str, object], party: Party) -> None:
    assert (await finish(party(Realm(signed(**changed))))).sub == "hana"


def unsigned() -> str:
    parts = ({"alg": "none", "kid": "k1"}, claims())
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@pytest.mark.parametrize(
    "id_token",
    [
        unsigned(),
        signed(OctKey.import_key(THEIRS["x"]), "HS256"),
        signed(ECKey.generate_key("P-256")),
        signed(RSA, "RS256", "k1"),
        jwt.encode({"alg": "ES256"}, claims(), THEIRS),
        signed()[:-4] + "AAAA",
        "not a token",
        "",
    ],
)
async def test_a_token_not_signed_by_the_realm_is_refused(id_token: str, party: Party) -> None:
    with pytest.raises(LoginFailed):
        await finish(party(Realm(id_token)))


async def test_userinfo_about_another_person_is_refused(party: Party) -> None:
    with pytest.raises(LoginFailed):
        await finish(party(Realm(signed(), userinfo={"sub": "ken", "name": "鈴木 健"})))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(503), "unavailable"),
        (httpx.Response(400, json={"error": "invalid_grant"}), "failed"),
        (httpx.Response(200, text="<html>"), "failed"),
        (httpx.Response(200, json={"access_token": "a"}), "failed"),
        (httpx.Response(302, headers={"location": "https://evil.example"}), "failed"),
    ],
)
async def test_a_token_endpoint_that_fails_is_said_plainly(answer: httpx.Response, code: str, party: Party) -> None:
    with pytest.raises(LoginFailed) as caught:
        await party(httpx.MockTransport(lambda _: answer)).finish(code="c", nonce="n", verifier="v" * 43)
    assert caught.value.code == code
