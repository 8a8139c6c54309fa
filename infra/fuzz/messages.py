"""Messages of other bodies: the exchange, identity providers, senders, the card provider, mail servers."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from datetime import timedelta
from typing import Any, cast

import httpx
import msgspec
from joserfc import jwk, jwt

from bff.exchange.address import ClientId, PartyId, ServerId, ServiceId
from bff.exchange.judging import readable
from bff.exchange.lean.reading_answers import Answer
from bff.exchange.question import Unreadable
from bff.exchange.silence import Silent
from bff.identity import id_token, published_keys, userinfo
from bff.identity.failures import LoginFailed
from bff.identity.published_keys import PublishedKeys
from bff.inlet.coming import Coming
from bff.login.flow import single
from bff.payments.card import SIGNATURE, STAMP, CardGate
from bff.payments.signed import NotTheirs, SharedKey
from bff.reach.links import Links
from bff.reach_desk import failed_for_good
from bff.senders import event
from infra.fuzz.target import NOW, Target, text

_KEY = jwk.generate_key("EC", "P-256", {"kid": "k", "use": "sig"}, private=True, auto_kid=False)
_SECONDS = int(NOW.timestamp())
_CLAIMS = {"iss": "https://idp.test", "aud": "us", "nonce": "n", "sub": "1", "iat": _SECONDS, "exp": _SECONDS + 60}
_EXPECTED = id_token.Expected("https://idp.test", "us", "n", "token", NOW, at_hash_required=False)
_EVENT = {
    "kind": "notice", "subject": "m-1001", "at": "2026-11-27T03:00:00Z", "title": {"ja": "検針"}, "body": {"ja": "本文"}
}  # fmt: skip
_WORD = {"payment": "0" * 32, "state": "paid", "amount": 1, "currency": "JPY", "reference": "r", "event": "e"}
_BOUNCE = (
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
    b"Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
_HTTP = httpx.AsyncClient()
_CALL = b"/xroad/v1/applications/x\nx-road-client: TOKYO23/WARD/131032/core\nx-road-id: 1\n"
_IDS = b"TOKYO23/WARD/131032/core/applications"


def targets() -> list[Target]:
    """Each with a right one of its kind to begin from."""
    signed, claims = _signed(_CLAIMS), json.dumps(_CLAIMS).encode()
    jwks = json.dumps({"keys": [_KEY.as_dict(private=False)]}).encode()
    return [
        Target("xroad_ids", "exchange", _ids, (), (_IDS, b"/r1/" + _IDS, b"a%2Fb/c")),
        Target("xroad_answer", "exchange", _answer, (Unreadable, Silent), (_ANSWER,)),
        Target("xroad_call", "exchange", _call, (), (_CALL,)),
        Target("login_return", "login", _returned, (), (b"code=c&state=s&iss=https%3A%2F%2Fidp.test", b"error=x")),
        Target("id_token", "login", _token, (ValueError, LoginFailed), (signed.encode(),)),
        Target("id_claims", "login", _claims, (ValueError, LoginFailed), (claims,)),
        Target("published_keys", "login", published_keys.usable, (LoginFailed,), (jwks,)),
        Target("user_claims", "login", _user, (), (b'{"sub":"1","name":"a","birthdate":"1990-05-02"}',)),
        Target("sender_event", "senders", _event, (event.Unfit,), (json.dumps(_EVENT).encode(),)),
        Target("card_word", "payments", _card_word, (NotTheirs,), (json.dumps(_WORD).encode(),)),
        Target("card_signature", "payments", _signature, (NotTheirs,), (_signed_word(),)),
        Target("bounce", "reach", _bounce, (), (_BOUNCE,)),
        Target("bounce_address", "reach", _bounce_address, (), (b"back+aaaa@back.test",)),
    ]


def _ids(data: bytes) -> None:
    """Either it is refused, or it is written again as it was meant."""
    said = text(data)
    for decode in (ClientId.decode, PartyId.decode, ServerId.decode, ServiceId.decode, ServiceId.of_path):
        try:
            found = decode(said)
        except ValueError:
            continue
        again = type(found).decode(str(found)) if decode is not ServiceId.of_path else found
        if again != found:
            raise AssertionError(f"read twice, told twice: {found} {again}")


def _answer(data: bytes) -> None:
    answer = Answer(65_536, lambda *_: None)
    answer.take(data)
    if answer.is_whole:
        readable(answer.headers, "anybody")


def _call(data: bytes) -> None:
    """The first line is the address, each further one a header."""
    address, *lines = data.split(b"\n")
    path, _, query = address.partition(b"?")
    headers = [tuple(part.strip() for part in line.split(b":", 1)) for line in lines if b":" in line]
    scope = {"method": "GET", "headers": headers, "raw_path": path, "query_string": query}
    coming = Coming.of(cast(Any, scope))
    if not coming.faults:
        try:
            coming.client()
        except ValueError:
            return


def _returned(data: bytes) -> None:
    single(httpx.QueryParams(text(data)).multi_items())


def _token(data: bytes) -> None:
    asyncio.run(id_token.verified(text(data), _published(), _EXPECTED))


def _claims(data: bytes) -> None:
    """Signed by the key that is trusted: what is in it is another's word all the same."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(said, dict):
        asyncio.run(id_token.verified(_signed(said), _published(), _EXPECTED))


def _signed(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "ES256", "kid": "k"}, claims, _KEY, algorithms=["ES256"])


def _published() -> PublishedKeys:
    async def fetch() -> bytes:
        return json.dumps({"keys": [_KEY.as_dict(private=False)]}).encode()

    return PublishedKeys(fetch, lambda: NOW)


def _user(data: bytes) -> None:
    try:
        said = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return
    userinfo.basics_of(said)
    try:
        userinfo.official_of(said)
    except msgspec.ValidationError:
        return


def _event(data: bytes) -> None:
    event.digest(event.read(data, NOW))


def _gate() -> CardGate:
    return CardGate(_HTTP, "https://card.test", "m", SharedKey(bytes(32)), "https://us.test", lambda: NOW)


def _card_word(data: bytes) -> None:
    gate, stamp = _gate(), str(_SECONDS)
    gate.notified({STAMP: stamp, SIGNATURE: gate.key.sign("notify", stamp, data)}, data)


def _signed_word() -> bytes:
    stamp = str(_SECONDS)
    return "\n".join([stamp, _gate().key.sign("notify", stamp, b"{}"), "{}"]).encode()


def _signature(data: bytes) -> None:
    stamp, _, rest = text(data).partition("\n")
    signature, _, body = rest.partition("\n")
    _gate().key.check("notify", stamp, body.encode(), signature, NOW + timedelta(seconds=1))


def _bounce(data: bytes) -> None:
    failed_for_good(email.message_from_bytes(data, policy=email.policy.default))


def _bounce_address(data: bytes) -> None:
    if Links(bytes(32), "https://us.test", "back.test").bounced(text(data)) is not None:
        raise AssertionError("whoever does not know the secret has named a letter of ours")
