"""What an evil provider, or somebody between it and us, may try: what is told the person, what stands in the log."""

from __future__ import annotations

import gzip
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.login.evil import CLIENT, ISSUER, KEY, STRAY, Evil, Said, said, unpadded

NOW = int(time.time())
RSA = RSAKey.generate_key(2048, {"kid": "k1"})
SHORT = RSAKey.generate_key(1024, {"kid": "k1"})
OTHER_PUBLIC: dict[str, object] = {**STRAY.as_dict(private=False), "kid": "k1"}
SHORT_PUBLIC: dict[str, object] = dict(SHORT.as_dict(private=False))
GARBAGE_KEY = {"kty": "EC", "kid": "k1", "crv": "P-256", "x": 1, "y": []}
AWAY = Said(b"", 302, {"location": "https://other.example"})
BURSTS = Said(gzip.compress(b"a" * 10_000_000), headers={"content-encoding": "gzip"})
MARKER = said({"error": "佐藤 123456789018"}, 400)
OF_KEN = {"sub": "ken", "name": "鈴木 健"}
MAC = said({"access_token": "a", "id_token": "b", "token_type": "mac"})
PUBLIC: dict[str, object] = dict(KEY.as_dict(private=False))
SECRET_OF_ALL = OctKey.import_key(b"a secret that both sides know, forty bytes")


def headed(**header: object) -> Callable[[Evil], str]:
    """A token with just this header and no signature to speak of."""
    return lambda evil: ".".join(unpadded(json.dumps(part).encode()) for part in (header, evil.all_claims())) + ".AAAA"


def by_public_key(evil: Evil) -> str:
    """Key confusion: the public key, which everybody has, used as the secret of an HMAC."""
    parts = ({"alg": "HS256", "kid": "k1"}, evil.all_claims())
    signed = ".".join(unpadded(json.dumps(part).encode()) for part in parts)
    mark = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{unpadded(mark)}"


def by_its_own_header(evil: Evil) -> str:
    header = {"alg": "ES256", "kid": "k9", "jwk": STRAY.as_dict(private=False), "jku": f"{ISSUER}/other"}
    return jwt.encode(header, evil.all_claims(), STRAY)


def altered(evil: Evil) -> str:
    """Signed for ken, then made hana's."""
    head, _, mark = jwt.encode(evil.all_header(), {**evil.all_claims(), "sub": "ken"}, KEY).split(".")
    return ".".join((head, unpadded(json.dumps(evil.all_claims()).encode()), mark))


def without(name: str) -> Callable[[list[tuple[str, str]]], list[tuple[str, str]]]:
    return lambda pairs: [pair for pair in pairs if pair[0] != name]


def with_(*more: tuple[str, str]) -> Callable[[list[tuple[str, str]]], list[tuple[str, str]]]:
    return lambda pairs: [*[pair for pair in pairs if pair[0] not in dict(more)], *more]


def twice(name: str) -> Callable[[list[tuple[str, str]]], list[tuple[str, str]]]:
    return lambda pairs: [*pairs, *[(one, "other") for one, _ in pairs if one == name]]


def told(**metadata: object) -> Evil:
    return Evil(metadata=metadata)


def answers(**endpoints: Said) -> Evil:
    return Evil(answers=endpoints)


@dataclass(frozen=True)
class Attack:
    """`code` is what the person is told a sentence for, `row` a part of what stands in the log."""

    name: str
    code: str
    row: str
    evil: Evil = field(default_factory=Evil)


ATTACKS = [
    Attack("issuer with a slash more", "untrusted", "another issuer", Evil({"iss": f"{ISSUER}/"})),
    Attack("another issuer", "untrusted", "another issuer", Evil({"iss": "https://good.example"})),
    Attack("no issuer", "untrusted", "another issuer", Evil({"iss": None})),
    Attack("token of another client", "untrusted", "another client", Evil({"aud": "OTHER"})),
    Attack("for us and a stranger", "untrusted", "another client", Evil({"aud": [CLIENT, "OTHER"]})),
    Attack("handed to a stranger", "untrusted", "another client", Evil({"aud": [CLIENT, "OTHER"], "azp": "OTHER"})),
    Attack("azp of a stranger", "untrusted", "another client", Evil({"azp": "OTHER"})),
    Attack("token of another login", "untrusted", "another nonce", Evil({"nonce": "of-another-login"})),
    Attack("no nonce", "untrusted", "another nonce", Evil({"nonce": None})),
    Attack("access token swapped", "untrusted", "at_hash", Evil({"at_hash": "AAAA"})),
    Attack("no at_hash where it is agreed", "untrusted", "at_hash", Evil({"at_hash": None})),
    Attack("nobody's token", "untrusted", "no sub", Evil({"sub": ""})),
    Attack("sub of a megabyte's kind", "untrusted", "no sub", Evil({"sub": "a" * 256})),
    Attack("alg none", "untrusted", "algorithm", Evil(id_token=headed(alg="none", kid="k1"))),
    Attack("HS256 by the public key", "untrusted", "algorithm", Evil(id_token=by_public_key)),
    Attack(
        "HS256 by a published secret",
        "untrusted",
        "algorithm",
        Evil(key=SECRET_OF_ALL, algorithm="HS256", keys=[{**SECRET_OF_ALL.as_dict(private=True), "kid": "k1"}]),
    ),
    Attack("key brought in the header", "untrusted", "unknown key", Evil(id_token=by_its_own_header)),
    Attack("kid that is a path", "untrusted", "unknown key", Evil(header={"kid": "../../k1"})),
    Attack("kid that is a statement", "untrusted", "unknown key", Evil(header={"kid": "k1' OR 'a'='a"})),
    Attack("no kid", "untrusted", "without a key id", Evil(header={"kid": None})),
    Attack("kid that is no text", "untrusted", "without a key id", Evil(id_token=headed(alg="ES256", kid=["k1"]))),
    Attack("RSA under the kid of an EC key", "untrusted", "unknown key", Evil(key=RSA, algorithm="RS256")),
    Attack("signed by another under its kid", "untrusted", "signature", Evil(key=STRAY)),
    Attack("altered after signing", "untrusted", "signature", Evil(id_token=altered)),
    Attack(
        "header to be understood",
        "untrusted",
        "header",
        Evil(id_token=headed(alg="ES256", kid="k1", crit=["x"])),
    ),
    Attack("expired", "untrusted", "expired", Evil({"exp": NOW - 600, "iat": NOW - 300})),
    Attack("from the future", "untrusted", "future", Evil({"iat": NOW + 3600, "exp": NOW + 3900})),
    Attack("not valid yet", "untrusted", "not valid yet", Evil({"nbf": NOW + 3600})),
    Attack("from long ago", "untrusted", "long ago", Evil({"iat": NOW - 7200})),
    Attack("valid for ever", "untrusted", "no exp or iat", Evil({"exp": 10**30})),
    Attack("valid for a century", "untrusted", "beyond reason", Evil({"exp": NOW + 3_000_000_000})),
    Attack("exp beyond any number", "untrusted", "no exp or iat", Evil({"exp": float("inf")})),
    Attack("exp in words", "untrusted", "no exp or iat", Evil({"exp": "tomorrow"})),
    Attack("exp is true", "untrusted", "no exp or iat", Evil({"exp": True})),
    Attack("token of a megabyte", "failed", "does not end", Evil({"name": "a" * 1_000_000})),
    Attack("token larger than any", "untrusted", "too large", Evil({"name": "a" * 20_000})),
    Attack("private keys lie open", "untrusted", "unknown key", Evil(keys=[KEY.as_dict(private=True)])),
    Attack(
        "two keys under one id",
        "untrusted",
        "unknown key",
        Evil(keys=[PUBLIC, OTHER_PUBLIC]),
    ),
    Attack(
        "key too short",
        "untrusted",
        "unknown key",
        Evil(key=SHORT, algorithm="RS256", keys=[SHORT_PUBLIC]),
    ),
    Attack("key for another use", "untrusted", "unknown key", Evil(keys=[{**PUBLIC, "use": "enc"}])),
    Attack(
        "keys that are garbage",
        "untrusted",
        "unknown key",
        Evil(keys=[GARBAGE_KEY]),
    ),
    Attack("no key set", "failed", "not a key set", answers(jwks=said([]))),
    Attack("keys without end", "failed", "does not end", answers(jwks=Said(b" " * 1_000_000))),
    Attack("userinfo of another person", "untrusted", "another person", Evil(userinfo=OF_KEN)),
    Attack("userinfo of nobody", "untrusted", "another person", Evil(userinfo={"name": "鈴木 健"})),
    Attack("userinfo that is a list", "failed", "not a JSON object", Evil(userinfo=["hana"])),
    Attack(
        "token endpoint that leads away",
        "failed",
        "token: 302",
        Evil(answers={"token": AWAY}),
    ),
    Attack("token answer that is a page", "failed", "agreed shape", answers(token=Said(b"<html>"))),
    Attack("token answer nested without end", "failed", "agreed shape", answers(token=Said(b"[" * 100_000))),
    Attack("token answer without end", "failed", "does not end", answers(token=Said(b"a" * 1_000_000))),
    Attack(
        "answer packed to burst",
        "failed",
        "packed",
        Evil(answers={"token": BURSTS}),
    ),
    Attack(
        "token of another type",
        "failed",
        "not a bearer",
        Evil(answers={"token": MAC}),
    ),
    Attack("endpoint that sleeps", "unavailable", "no whole answer", answers(token=Said(b"{}", after=5))),
    Attack("endpoint in error", "unavailable", "token: 500", answers(token=Said(b"", 500))),
    Attack(
        "error that is a marker",
        "failed",
        "no known error",
        Evil(answers={"token": MARKER}),
    ),
    Attack("replayed code", "failed", "invalid_grant", Evil(used={"c1"})),
    Attack(
        "another issuer sends her back",
        "untrusted",
        "another issuer answered",
        Evil(callback=with_(("iss", "https://good.example"))),
    ),
    Attack("nobody says who sends her back", "untrusted", "does not say who", Evil(callback=without("iss"))),
    Attack("no state", "unknown", "state", Evil(callback=without("state"))),
    Attack("made-up state", "unknown", "state", Evil(callback=with_(("state", "made-up")))),
    Attack("two states", "unknown", "state", Evil(callback=twice("state"))),
    Attack("two codes", "untrusted", "does not say who", Evil(callback=twice("code"))),
    Attack("no code", "failed", "neither code nor error", Evil(callback=without("code"))),
    Attack("error and code at once", "cancelled", "access_denied", Evil(callback=with_(("error", "access_denied")))),
    Attack("error of nobody's list", "failed", "no known error", Evil(callback=with_(("error", "<script>")))),
    Attack("parameter without end", "untrusted", "does not say who", Evil(callback=with_(("code", "a" * 5000)))),
    Attack(
        "discovery of another issuer",
        "untrusted",
        "discovery: another issuer",
        Evil(metadata={"issuer": "https://good.example"}),
    ),
    Attack(
        "discovery of a near issuer", "untrusted", "discovery: another issuer", Evil(metadata={"issuer": f"{ISSUER}/"})
    ),
    Attack(
        "discovery that leaves TLS",
        "untrusted",
        "not https",
        Evil(metadata={"token_endpoint": "http://evil.example/token"}),
    ),
    Attack(
        "discovery with a hidden host",
        "untrusted",
        "not https",
        Evil(metadata={"jwks_uri": "https://a@evil.example/jwks"}),
    ),
    Attack("discovery without S256", "failed", "PKCE", told(code_challenge_methods_supported=["plain"])),
    Attack(
        "discovery without our way to say who we are",
        "failed",
        "private_key_jwt",
        told(token_endpoint_auth_methods_supported=["none"]),
    ),
    Attack(
        "discovery that is garbage",
        "failed",
        "not such a document",
        Evil(answers={"openid-configuration": Said(b"\xff")}),
    ),
]
