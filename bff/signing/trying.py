"""Trying a receipt: whether it is genuine, by the house's own roots and never by those that came with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import msgspec
import rfc8785
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from bff.exchange.evidence import stamping
from bff.exchange.evidence.stamping import NotStamped
from bff.signing import bundle, folder, statement
from bff.signing.authority import ends_of, whole
from bff.signing.bundle import Bundle
from bff.signing.seal import BROKEN, NotSealed, opened
from bff.signing.statement import Statement

Fault = Literal[
    "no_receipt",
    "too_large",
    "odd_files",
    "file_missing",
    "broken",
    "statement_changed",
    "application_changed",
    "files_changed",
    "seal_broken",
    "seal_unknown",
    "seal_expired",
    "stamp_broken",
    "stamp_expired",
    "signature_of_another",
    "folder_changed",
]
CLOCKS_DIFFER: Final = timedelta(minutes=5)
_LONGEST_CHAIN: Final = 4


@dataclass(frozen=True)
class Trust:
    """What seals and stamps must lead to."""

    seal: Sequence[x509.Certificate]
    stamp: Sequence[x509.Certificate]


@dataclass(frozen=True)
class Genuine:
    """What a receipt that holds says; nothing that is not in the file itself. `stamped_at`: None: not stamped yet.
    `together`: how many applications were sent, and if at all signed, as one folder."""

    statement: Statement
    application: dict[str, Any]
    sealed_by: str
    stamped_at: datetime | None
    stamps: int
    together: int = 1


class NotGenuine(Exception):
    """Something about it does not hold; `fault` is the first that was found."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


def tried(uploaded: bytes, trust: Trust, now: datetime) -> Genuine:
    """Raises `NotGenuine`. Nothing is kept, and nobody is asked."""
    try:
        held = bundle.read(uploaded)
    except bundle.Unreadable as unreadable:
        raise NotGenuine(unreadable.why) from unreadable
    said, application = _said(held)
    _check_files(held, said)
    together = _check_folder(held, said)
    certificate = _check_seal(held, trust)
    stamped = _check_stamps(held, trust, now)
    _check_times(certificate, said, stamped[0] if stamped else now)
    _check_signature(held, said)
    name = certificate.subject.rfc4514_string()
    return Genuine(said, application, name, stamped[0] if stamped else None, len(stamped), together)


def _said(held: Bundle) -> tuple[Statement, dict[str, Any]]:
    document = held.files[bundle.APPLICATION]
    try:
        said = statement.read(held.files[bundle.STATEMENT])
    except (ValueError, TypeError, RecursionError) as wrong:
        raise NotGenuine("statement_changed") from wrong
    try:
        application = msgspec.json.decode(document, type=dict[str, Any])
        same = rfc8785.dumps(application) == document
    except (ValueError, TypeError, RecursionError) as wrong:
        raise NotGenuine("application_changed") from wrong
    digest = hashlib.sha256(document).hexdigest()
    named = (application.get("procedure"), application.get("ward")) == (said.procedure, said.ward)
    if not same or not named or not hmac.compare_digest(digest, said.application_sha256):
        raise NotGenuine("application_changed")
    return said, application


def _check_files(held: Bundle, said: Statement) -> None:
    covered = {bundle.README, bundle.SEAL_ROOTS, bundle.STAMP_ROOTS} | {bundle.FOLDER} & held.files.keys()
    if set(said.files) != covered:
        raise NotGenuine("statement_changed")
    if any(hashlib.sha256(held.files[name]).hexdigest() != said.files[name] for name in covered):
        raise NotGenuine("files_changed")


def _check_folder(held: Bundle, said: Statement) -> int:
    """That the folder lists this very application; how many it lists. 1: it was sent alone."""
    document = held.files.get(bundle.FOLDER)
    if document is None:
        return 1
    try:
        found = folder.read(document)
    except (ValueError, TypeError, RecursionError) as wrong:
        raise NotGenuine("folder_changed") from wrong
    if found.ward != said.ward or said.application_sha256 not in found.applications:
        raise NotGenuine("folder_changed")
    return len(found.applications)


def _check_seal(held: Bundle, trust: Trust) -> x509.Certificate:
    try:
        sealed = opened(held.files[bundle.SEAL], held.sealed)
    except NotSealed as broken:
        raise NotGenuine("seal_broken") from broken
    if not leads(sealed.certificate, sealed.others, trust.seal):
        raise NotGenuine("seal_unknown")
    return sealed.certificate


def leads(certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]) -> bool:
    """Whether the certificate is one of the roots, or was issued by what leads to one."""
    current = certificate
    for _ in range(_LONGEST_CHAIN):
        if current in roots or any(_issued(current, root) for root in roots):
            return True
        above = next((one for one in others if one != current and _issued(current, one)), None)
        if above is None:
            return False
        current = above
    return False


def _issued(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    """By its key, not only by its name; and `by` may issue."""
    try:
        certificate.verify_directly_issued_by(by)
        basic = by.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (InvalidSignature, x509.ExtensionNotFound, *BROKEN):
        return False
    return basic.ca


def _check_stamps(held: Bundle, trust: Trust, now: datetime) -> list[datetime]:
    """When each stamp was made; each must have been made while the certificate of the one before it still held."""
    times: list[datetime] = []
    stamps = held.stamps
    for number, (token, over) in enumerate(stamps):
        try:
            times.append(_stamped(token, over, trust.stamp))
            ends = ends_of(token)
        except (NotStamped, *BROKEN) as wrong:
            raise NotGenuine("stamp_broken") from wrong
        last = number + 1 == len(stamps)
        if last and ends < now:
            raise NotGenuine("stamp_expired")
        if number and not times[-2] <= times[-1] <= ends_of(stamps[number - 1][0]):
            raise NotGenuine("stamp_expired")
    return times


def _stamped(token: bytes, over: bytes, roots: Sequence[x509.Certificate]) -> datetime:
    """By all roots together, else by each alone: an authority's new root often has the name of its old one, and a
    chain that is looked for by name ends at the wrong one. Raises NotStamped."""
    whole(token)
    try:
        return stamping.verified(token, over, roots)
    except NotStamped:
        for root in roots:
            with suppress(NotStamped):
                return stamping.verified(token, over, [root])
        raise


def _check_times(certificate: x509.Certificate, said: Statement, proven: datetime) -> None:
    """The seal held when it was stamped; without a stamp it must hold today."""
    if not certificate.not_valid_before_utc <= proven <= certificate.not_valid_after_utc:
        raise NotGenuine("seal_expired")
    if said.sealed_at > proven + CLOCKS_DIFFER:
        raise NotGenuine("stamp_broken")


def _check_signature(held: Bundle, said: Statement) -> None:
    signature = said.signature
    if signature is None:
        return
    if signature.digest_algorithm not in ("sha256", "sha384") or signature.result != "valid":
        raise NotGenuine("signature_of_another")
    over = (held.files[name] for name in (bundle.FOLDER, bundle.APPLICATION) if name in held.files)
    digests = [hashlib.new(signature.digest_algorithm, one).digest() for one in over]
    if signature.digest not in [base64.b64encode(one).decode() for one in digests]:
        raise NotGenuine("signature_of_another")
