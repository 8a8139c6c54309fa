"""Wrong answers of an authenticator, by what is wrong with each."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from tests.identity.authenticator import AT, BE, BS, UP, UV, Authenticator, b64

Wrong = Callable[[Authenticator, dict[str, Any]], dict[str, Any]]


def lying(**lies: Any) -> Wrong:
    """An answer of a phone that is otherwise hers."""
    return lambda phone, options: replace(phone, **lies).proves(options)


def changed(part: str, how: Callable[[str], Any]) -> Wrong:
    """A right answer, changed on its way."""

    def tampered(phone: Authenticator, options: dict[str, Any]) -> dict[str, Any]:
        answer = copy.deepcopy(phone.proves(options))
        answer["response"][part] = how(answer["response"][part])
        return answer

    return tampered


def flipped(encoded: str) -> str:
    return encoded[:20] + ("A" if encoded[20] != "A" else "B") + encoded[21:]


PROOFS: dict[str, Wrong] = {
    "wrong origin": lying(origin="https://kurashimado.test.evil.example"),
    "plain http": lying(origin="http://kurashimado.test"),
    "subdomain": lying(origin="https://www.kurashimado.test"),
    "wrong rp id": lying(rp_id="evil.example"),
    "no user verification": lying(flags=UP | BE | BS),
    "nobody present": lying(flags=UV | BE | BS),
    "backup eligibility changed": lying(flags=UP | UV),
    "backed up but not eligible": lying(flags=UP | UV | BS),
    "count goes back": lying(count=4),
    "count stands still": lying(count=5),
    "another key": lambda phone, options: replace(phone, key=Authenticator().key).proves(options),
    "tampered signature": changed("signature", flipped),
    "tampered authenticator data": changed("authenticatorData", flipped),
    "empty signature": changed("signature", lambda _: ""),
    "client data is no JSON": changed("clientDataJSON", lambda _: b64(b"[]")),
    "client data missing": changed("clientDataJSON", lambda _: None),
    "authenticator data cut off": changed("authenticatorData", lambda told: told[:30]),
    "an attested credential announced, none there": lying(flags=UP | UV | BE | BS | AT),
    "handle of another": lying(handle=uuid4().bytes),
    "a registration for a login": lying(client={"type": "webauthn.create"}),
    "within another site's page": lying(client={"crossOrigin": True}),
    "under another site": lying(client={"topOrigin": "https://evil.example"}),
    "own challenge": lying(client={"challenge": b64(bytes(32))}),
    "no challenge": lying(client={"challenge": ""}),
    "unknown credential": lying(credential=b"\x01" * 32),
    "empty": lambda phone, options: {},
    "wrong type": lambda phone, options: phone.proves(options) | {"type": "password"},
    "raw id differs": lambda phone, options: phone.proves(options) | {"rawId": b64(b"\x01" * 32)},
    "nonsense": lambda phone, options: {"id": "!", "response": 7},
}


MAKINGS: dict[str, Callable[[Authenticator, dict[str, Any]], dict[str, Any]]] = {
    "wrong origin": lambda phone, options: replace(phone, origin="https://evil.example").makes(options),
    "wrong rp id": lambda phone, options: replace(phone, rp_id="evil.example").makes(options),
    "no user verification": lambda phone, options: replace(phone, flags=UP | BE | BS).makes(options),
    "algorithm none": lambda phone, options: replace(phone, alg=0).makes(options),
    "algorithm RSA with SHA-1": lambda phone, options: replace(phone, alg=-65535).makes(options),
    "a proof for a making": lambda phone, options: replace(phone, client={"type": "webauthn.get"}).makes(options),
    "another challenge": lambda phone, options: phone.makes(options | {"challenge": b64(bytes(32))}),
    "attestation is nonsense": lambda phone, options: _with(phone.makes(options), "attestationObject", "AAAA"),
    "attestation is endless": lambda phone, options: _with(phone.makes(options), "attestationObject", "A" * 20_000),
    "in another site's page": lambda phone, options: replace(phone, client={"crossOrigin": True}).makes(options),
}


def _with(answer: dict[str, Any], part: str, value: str) -> dict[str, Any]:
    return answer | {"response": answer["response"] | {part: value}}
