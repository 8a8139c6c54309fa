"""From the verifier's answer to a `Check`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.answers import agreed, done
from bff.connectors.manifest import Manifest

Use = Literal["signature", "authentication"]
Medium = Literal["card", "phone"]
Sealed = Annotated[str, msgspec.Meta(max_length=20_000, pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$")]
State = Literal["valid", "expired", "revoked", "suspended"]
Reason = Literal["moved", "name_changed", "died", "lost", "renewed", "own_wish", "key_compromised", "not_stated"]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Verification = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,64}$")]


class Over(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A digest that was given to be signed; `value` is base64."""

    algorithm: Literal["sha256", "sha384"]
    value: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9+/]{43,64}={0,2}$")]


class Signed(msgspec.Struct, frozen=True):
    """The signature value, base64, without the certificate: 2048-bit RSA today, P-384 on the next card."""

    algorithm: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{1,20}/SHA-[0-9]{3}$")]
    value: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9+/]{40,1400}={0,2}$")]


class Check(msgspec.Struct, frozen=True):
    """`verification` is the verifier's id of the check, the evidence that is kept; `reason` when it does not hold
    before its time: a signing certificate lapses by itself on a move or a new name. `signed`: told when a digest was
    asked about."""

    verification: Verification
    use: Use
    medium: Medium
    state: State
    reason: Reason | None
    checked_at: Moment
    signed: Signed | None = None


def check(answer: httpx.Response, manifest: Manifest, *, signs: bool = False, **asked: str) -> Check:
    """Another check than was asked for, a revocation without its reason, or a reason for nothing, is a wrong answer.

    When a digest was asked about, the value of the signature over it must be told.

    So is an authentication certificate that lapsed by a move: only those for signing do (公的個人認証法).
    """
    wire = done(answer, Check, manifest)
    has_reason = wire.state in ("revoked", "suspended")
    agreed(
        manifest,
        all(getattr(wire, name) == value for name, value in asked.items()),
        has_reason is (wire.reason is not None),
        wire.signed is not None or not signs,
        wire.use == "signature" or wire.reason not in ("moved", "name_changed"),
    )
    return wire
