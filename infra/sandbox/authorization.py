"""What an authorization request must look like (developers.digital.go.jp, authserver: parameters)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode

Realm = Literal["main", "staff"]
REALMS: Final[tuple[Realm, ...]] = ("main", "staff")
CALLBACKS: Final[Mapping[Realm, frozenset[str]]] = {
    "main": frozenset({"/login/callback", "/login/sign/callback"}),
    "staff": frozenset({"/staff/login/callback"}),
}
SCOPES: Final[Mapping[Realm, frozenset[str]]] = {
    "main": frozenset({"openid", "name", "address", "birthdate", "gender", "sign"}),
    "staff": frozenset({"openid", "profile", "name", "ward", "department", "roles"}),
}
PRINTABLE: Final = re.compile(r"[\x20-\x7e]{1,255}")
UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CHALLENGE: Final = re.compile(r"[0-9a-zA-Z_-]{1,128}")


class NotOurClient(Exception):
    """Unknown client or redirect address: shown on a page, never sent back (RFC 6749 §4.1.2.1)."""


class SentBack(Exception):
    """An error the client hears of by redirect; `location` is the whole address."""

    def __init__(self, error: str, description: str, redirect_uri: str, state: str | None) -> None:
        super().__init__(f"{error}: {description}")
        answer = {"error": error, "error_description": description} | ({"state": state} if state else {})
        self.location = f"{redirect_uri}?{urlencode(answer)}"


@dataclass(frozen=True)
class Request:
    """A well-formed authorization request."""

    realm: Realm
    client_id: str
    redirect_uri: str
    scope: frozenset[str]
    state: str
    nonce: str
    challenge: str
    sign_transaction: str | None = None


def read_request(realm: Realm, query: str, *, client_id: str, client_origin: str) -> Request:
    """Raises NotOurClient or SentBack. Unknown parameters are ignored, repeated ones refused (RFC 6749 §3.1)."""
    pairs = parse_qsl(query, keep_blank_values=True)
    given = dict(pairs)
    redirect_uri = given.get("redirect_uri", "")
    if given.get("client_id") != client_id:
        raise NotOurClient("client_id")
    if redirect_uri not in {client_origin + path for path in CALLBACKS[realm]}:
        raise NotOurClient("redirect_uri")
    state = given.get("state", "")
    back = state if PRINTABLE.fullmatch(state) else None
    if len(pairs) != len(given):
        raise SentBack("invalid_request", "a parameter is repeated", redirect_uri, back)
    for error, description in _wrong(realm, given):
        raise SentBack(error, description, redirect_uri, back)
    return Request(
        realm,
        client_id,
        redirect_uri,
        _scope(given),
        state,
        given["nonce"],
        given["code_challenge"],
        given.get("sign_transaction_id"),
    )


def _wrong(realm: Realm, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Everything wrong, as error and description, in the order in which it is checked."""
    if "response_type" not in given:
        yield "invalid_request", "Missing parameter: response_type"
    elif given["response_type"] != "code":
        yield "unsupported_response_type", "response_type must be code"
    for name, shape in (("state", PRINTABLE), ("nonce", PRINTABLE), ("code_challenge", CHALLENGE)):
        if not shape.fullmatch(given.get(name, "")):
            yield "invalid_request", f"Invalid parameter: {name}"
    if given.get("code_challenge_method") != "S256":
        yield "invalid_request", "Invalid parameter: code_challenge_method"
    if not PRINTABLE.fullmatch(given.get("acr_values", "aal3 crl")):
        yield "invalid_request", "Invalid parameter: acr_values"
    if "openid" not in _scope(given) or not _scope(given) <= SCOPES[realm]:
        yield "invalid_scope", "Invalid scopes"
    if ("sign" in _scope(given)) != bool(UUID.fullmatch(given.get("sign_transaction_id", ""))):
        yield "invalid_request", "Invalid parameter: sign_transaction_id"


def _scope(given: Mapping[str, str]) -> frozenset[str]:
    return frozenset(given.get("scope", "").split(" "))
