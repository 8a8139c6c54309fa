"""RFC 8292: who sends. A signature is checked once per token text, its time on every message."""

import base64
import binascii
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

DAY: Final = 86_400
KEPT: Final = 4_096


class BadVapid(Exception):
    """Why the authorization is refused; `status` is 401 without one, 403 with a wrong one."""

    def __init__(self, why: str, status: int = 403) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Sender:
    """The application server's public point, and when its token ends (epoch seconds)."""

    key: bytes
    until: float


class Claims(msgspec.Struct, frozen=True):
    aud: str
    exp: float
    sub: str


class Head(msgspec.Struct, frozen=True):
    alg: str
    typ: str = "JWT"


class Vapid:
    """Checks tokens meant for `origin`."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._known: dict[bytes, Sender] = {}

    def sender(self, authorization: bytes, now: float) -> Sender:
        """Raises BadVapid."""
        sender = self._known.get(authorization)
        if sender is None:
            sender = self._check(authorization, now)
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[authorization] = sender
        if sender.until <= now:
            raise BadVapid("the token has expired")
        return sender

    def _check(self, authorization: bytes, now: float) -> Sender:
        scheme, _, rest = authorization.decode("latin-1").partition(" ")
        if scheme.lower() != "vapid":
            raise BadVapid("the Authorization header must be `vapid t=…, k=…`", 401)
        given = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        if "t" not in given or "k" not in given:
            raise BadVapid("t or k is missing", 401)
        key = from_base64url(given["k"])
        claims = _signed_claims(given["t"], key)
        if claims.aud != self._origin:
            raise BadVapid(f"aud must be {self._origin}")
        if not now < claims.exp <= now + DAY:
            raise BadVapid("exp must lie within 24 hours from now")
        if not claims.sub.startswith(("mailto:", "https:")):
            raise BadVapid("sub must be a mailto: or https: address")
        return Sender(key, claims.exp)


def from_base64url(text: str) -> bytes:
    """Raises BadVapid."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadVapid("not base64url") from error


def is_point(raw: bytes) -> bool:
    """Whether these bytes are an uncompressed point of P-256."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return len(raw) == 65


def _signed_claims(token: str, key: bytes) -> Claims:
    head, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    raw = from_base64url(signature)
    try:
        if msgspec.json.decode(from_base64url(head), type=Head).alg != "ES256" or len(raw) != 64:
            raise BadVapid("the token must be signed with ES256")
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        public.verify(der, f"{head}.{body}".encode("latin-1"), ec.ECDSA(SHA256()))
        return msgspec.json.decode(from_base64url(body), type=Claims)
    except InvalidSignature as error:
        raise BadVapid("the signature is not that of k") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise BadVapid("the token or k cannot be read") from error
