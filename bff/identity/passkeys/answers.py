"""What an authenticator answers, judged: the rules of WebAuthn Level 3 §7.1 and §7.2 that py_webauthn leaves to us
are here, its own are in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.registration.verify_registration_response import VerifiedRegistration

from bff.identity.passkeys.keeping import Passkey
from bff.identity.passkeys.refusal import refused
from bff.identity.passkeys.site import Site

ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
"""What a passkey may sign with; any other is refused."""

_Short = Annotated[str, Meta(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]*$")]
_Long = Annotated[str, Meta(min_length=1, max_length=16_000, pattern=r"^[A-Za-z0-9_-]*$")]


class _Response(msgspec.Struct, frozen=True, rename={"client_data": "clientDataJSON", "user_handle": "userHandle"}):
    client_data: _Long
    user_handle: Annotated[str, Meta(max_length=128)] | None = None
    transports: tuple[Annotated[str, Meta(max_length=20)], ...] = ()


class _Credential(msgspec.Struct, frozen=True):
    id: _Short
    response: _Response
    type: Literal["public-key"] = "public-key"


class _ClientData(msgspec.Struct, frozen=True, rename="camel"):
    challenge: str
    cross_origin: bool = False
    top_origin: str | None = None


class Answer:
    """A PublicKeyCredential as its `toJSON()` gives it; raises `PasskeyRefused` when it has not that shape."""

    def __init__(self, raw: dict[str, Any]) -> None:
        try:
            told = msgspec.convert(raw, _Credential)
            client = msgspec.json.decode(base64url_to_bytes(told.response.client_data), type=_ClientData)
            self.credential = base64url_to_bytes(told.id)
            handle = told.response.user_handle
            self.user_handle = base64url_to_bytes(handle) if handle else None
        except (msgspec.MsgspecError, ValueError) as wrong:
            raise refused("refused", "the answer has not the agreed shape") from wrong
        if client.cross_origin or client.top_origin is not None:
            raise refused("refused", "asked within another site's page")
        self._raw = raw
        self.challenge = client.challenge
        self.transports = told.response.transports[:6]

    def registered(self, site: Site) -> VerifiedRegistration:
        """The new credential. Raises `PasskeyRefused`."""
        try:
            return verify_registration_response(
                credential=self._raw,
                expected_challenge=base64url_to_bytes(self.challenge),
                expected_rp_id=site.rp_id,
                expected_origin=list(site.origins),
                require_user_verification=True,
                supported_pub_key_algs=ALGORITHMS,
            )
        except _WRONG as wrong:
            raise refused("refused", _why(wrong)) from wrong

    def proved(self, site: Site, passkey: Passkey) -> VerifiedAuthentication:
        """By `passkey`, whose owner's handle is in it if any is. Raises `PasskeyRefused`."""
        if self.user_handle not in (None, passkey.owner.id.bytes):
            raise refused("refused", "user handle of another account")
        try:
            proof = verify_authentication_response(
                credential=self._raw,
                expected_challenge=base64url_to_bytes(self.challenge),
                expected_rp_id=site.rp_id,
                expected_origin=list(site.origins),
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except _WRONG as wrong:
            raise refused("refused", _why(wrong)) from wrong
        if (proof.credential_device_type == "multi_device") != passkey.backup_eligible:
            raise refused("refused", "backup eligibility has changed")
        return proof


_WRONG = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError)
"""What the library raises at octets from outside; all of it means that the answer is not accepted."""


def _why(wrong: Exception) -> str:
    return f"{type(wrong).__name__}: {wrong}" if isinstance(wrong, WebAuthnException) else type(wrong).__name__
