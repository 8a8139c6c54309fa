"""The batch time stamp of X-Road: one stamp over the top of a tree, and for every leaf the way up to it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SHA512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
SIGNATURES: Final = "/META-INF/signatures.xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES: Final = 'xmlns="http://cyber.ee/hashchain" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'


@dataclass(frozen=True)
class Step:
    """One knot on the way from the top down: the digest beside, None when there is none, and on which side it is."""

    beside: bytes | None
    beside_first: bool


@dataclass(frozen=True)
class Way:
    """From the top, whose digest is in `top`, down to one leaf."""

    steps: tuple[Step, ...]
    leaf: bytes
    top: bytes

    @property
    def chain(self) -> bytes:
        """As `ts-hashchain.xml`."""
        last = len(self.steps) - 1
        steps = "".join(self._step(number, step, number == last) for number, step in enumerate(self.steps))
        default = f'<DefaultDigestMethod Algorithm="{SHA512}"/>'
        return f"{_HEAD}<HashChain {_NAMESPACES}>{default}{steps}</HashChain>".encode()

    @property
    def result(self) -> bytes:
        """As `ts-hashchainresult.xml`, over which the stamp is."""
        method = f'<ds:DigestMethod Algorithm="{SHA512}"/>'
        uri = 'URI="/ts-hashchain.xml#STEP0"'
        inside = f"{method}{_value(self.top)}"
        return f"{_HEAD}<HashChainResult {uri} {_NAMESPACES}>{inside}</HashChainResult>".encode()

    def _step(self, number: int, step: Step, last: bool) -> str:
        if last:
            own = f'<DataRef URI="{SIGNATURES}">{_value(self.leaf)}</DataRef>'
        else:
            own = f'<StepRef URI="#STEP{number + 1}"/>'
        beside = f"<HashValue>{_value(step.beside)}</HashValue>" if step.beside else ""
        both = f"{beside}{own}" if step.beside_first else f"{own}{beside}"
        return f'<HashStep id="STEP{number}">{both}</HashStep>'


def ways(leaves: Sequence[bytes]) -> list[Way]:
    """For each digest of a leaf its way; a tree of one leaf has one step too."""
    if len(leaves) == 1:
        return [Way((Step(None, False),), leaves[0], step_digest(leaves))]
    paths: list[list[Step]] = [[] for _ in leaves]
    row: list[tuple[bytes, list[int]]] = [(leaf, [number]) for number, leaf in enumerate(leaves)]
    while len(row) > 1:
        above = [_joined(row[at], row[at + 1], paths) for at in range(0, len(row) - 1, 2)]
        row = above + (row[-1:] if len(row) % 2 else [])
    top = row[0][0]
    return [Way(tuple(reversed(path)), leaf, top) for path, leaf in zip(paths, leaves, strict=True)]


def step_digest(digests: Sequence[bytes]) -> bytes:
    """SHA-512 of DER: SEQUENCE OF SEQUENCE { OCTET STRING digest, UTF8String algorithm, SEQUENCE {} }."""
    algorithm = _der(0x0C, SHA512.encode())
    items = b"".join(_der(0x30, _der(0x04, digest) + algorithm + _der(0x30, b"")) for digest in digests)
    return hashlib.sha512(_der(0x30, items)).digest()


def _joined(
    left: tuple[bytes, list[int]], right: tuple[bytes, list[int]], paths: list[list[Step]]
) -> tuple[bytes, list[int]]:
    for leaf in left[1]:
        paths[leaf].append(Step(right[0], False))
    for leaf in right[1]:
        paths[leaf].append(Step(left[0], True))
    return step_digest([left[0], right[0]]), left[1] + right[1]


def _value(digest: bytes) -> str:
    return f"<ds:DigestValue>{b64encode(digest).decode()}</ds:DigestValue>"


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content
