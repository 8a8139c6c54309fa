"""Is a signed document from outside what it says it is? Tried without whoever made it, and without trusting anybody.

Containers of X-Road security servers (message.xml, batches under one stamp or one signature) and our own alike. That
it is consistent says that the holder of the key inside signed just this; whether that holder is believed is said by
roots that are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from bff.exchange.evidence import hash_chains, opening, signature, tokens
from bff.exchange.evidence.algorithms import Digest, Unknown, Untrue
from bff.exchange.evidence.opening import Malformed
from bff.exchange.evidence.signature import Signed
from bff.exchange.evidence.tokens import Stamped

T = TypeVar("T")
_CHAINS: Final = ("sig-hashchain.xml", "sig-hashchainresult.xml", "ts-hashchain.xml", "ts-hashchainresult.xml")
_STAMP: Final = "META-INF/timestamp.tst"
_MANIFEST: Final = "META-INF/ASiCManifest.xml"


class What(StrEnum):
    """What is wrong with a container."""

    MALFORMED = "malformed"
    SIGNATURE = "signature invalid"
    STAMP = "time stamp invalid"
    UNTRIED = "cannot be tried"
    STRANGER = "leads to none of the roots"


@dataclass(frozen=True)
class Fault:
    """`detail` is for whoever looks into it."""

    what: What
    detail: str


@dataclass(frozen=True)
class Verdict:
    """`signed` and `stamped` are None when there is none that holds; `data`: the parts that are signed."""

    data: Sequence[str]
    signed: Signed | None
    stamped: Stamped | None
    faults: Sequence[Fault]


def tried(content: bytes, roots: Sequence[x509.Certificate] = ()) -> Verdict:
    """Everything that is wrong with it is told; with `roots`, also whether signer and stamp are issued by one."""
    faults = _Faults()
    parts = faults.unless(What.MALFORMED, lambda: opening.opened(content))
    if parts is None:
        return Verdict((), None, None, faults.found)
    signed = faults.unless(What.SIGNATURE, lambda: signature.read(_part(parts, signature.FILE)))
    data = [name for name in parts if name != "mimetype" and not name.startswith("META-INF/") and name not in _CHAINS]
    if signed is not None:
        _judge_signature(parts, data, signed, faults)
    stamped = faults.unless(What.STAMP, lambda: _stamped(parts, signed))
    if _STAMP in parts and signed is not None and signed.token:
        faults.unless(What.STAMP, partial(tokens.tried, signed.token, *signed.stamped))
    for who in (one.certificate for one in (signed, stamped) if one is not None and roots):
        if not _issued(who, roots):
            faults.add(What.STRANGER, who.subject.rfc4514_string())
    return Verdict(data, signed, stamped, faults.found)


class _Faults:
    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, what: What, detail: str) -> None:
        self.found.append(Fault(what, detail))

    def unless(self, untrue: What, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except Malformed as wrong:
            self.add(What.MALFORMED, str(wrong))
        except Untrue as wrong:
            self.add(untrue, str(wrong))
        except Unknown as wrong:
            self.add(What.UNTRIED, str(wrong))
        return None


def _judge_signature(parts: Mapping[str, bytes], data: Sequence[str], signed: Signed, faults: _Faults) -> None:
    if not data:
        faults.add(What.MALFORMED, "nothing is signed")
    for name in signed.parts.keys() - parts.keys():
        faults.add(What.SIGNATURE, f"{name} was signed and is not there")
    for name in data:
        faults.unless(What.SIGNATURE, partial(_covered, name, parts, signed))
    certificate, at = signed.certificate, signed.at
    if signed.revocation == "revoked":
        faults.add(What.SIGNATURE, "the certificate was revoked")
    if at is not None and not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        faults.add(What.SIGNATURE, "the certificate was not valid at the time")


def _covered(name: str, parts: Mapping[str, bytes], signed: Signed) -> None:
    """By the signature itself, or by the top of a chain that it is over."""
    digest = signed.parts.get(name)
    if digest is None and _CHAINS[1] in signed.parts:
        _fits(_CHAINS[1], parts, signed.parts[_CHAINS[1]])
        digest = hash_chains.data_of(parts, _CHAINS[1], _CHAINS[0]).get(name)
    if digest is None:
        raise Untrue(f"{name} is not signed")
    _fits(name, parts, digest)


def _fits(name: str, parts: Mapping[str, bytes], digest: Digest) -> None:
    if digest.of(_part(parts, name)) != digest.value:
        raise Untrue(f"{name} is not what was signed")


def _stamped(parts: Mapping[str, bytes], signed: Signed | None) -> Stamped | None:
    """By a token of its own, over one part or the manifest that names it, or by one inside the signature."""
    if _STAMP not in parts:
        return tokens.tried(signed.token, *signed.stamped) if signed is not None and signed.token else None
    (name, digest), *more = _manifest(parts)
    if name == _CHAINS[3]:
        leaf = hash_chains.data_of(parts, _CHAINS[3], _CHAINS[2]).get(signature.FILE)
        if leaf is None:
            raise Untrue("the time stamp is not over the signature")
        _fits(signature.FILE, parts, leaf)
    if more or digest.of(_part(parts, name)) != digest.value:
        raise Untrue(f"{_MANIFEST} does not fit")
    return tokens.tried(parts[_STAMP], parts[name])


def _manifest(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Digest]]:
    root = opening.xml(_part(parts, _MANIFEST), _MANIFEST)
    references = [*root.iterchildren("{*}DataObjectReference")]
    if not references:
        raise Malformed(f"{_MANIFEST} names nothing")
    for one in references:
        yield signature.name_of(one.get("URI", "")), signature.digest_in(one)


def _issued(certificate: x509.Certificate, roots: Sequence[x509.Certificate]) -> bool:
    for root in roots:
        try:
            certificate.verify_directly_issued_by(root)
        except (ValueError, TypeError, InvalidSignature):
            continue
        return True
    return False


def _part(parts: Mapping[str, bytes], name: str) -> bytes:
    if name not in parts:
        raise Malformed(f"{name} is missing")
    return parts[name]
