"""The hash chains of security servers: one stamp or signature over many messages, and the way from one to its top."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from bff.exchange.evidence.algorithms import Digest, Untrue, digested
from bff.exchange.evidence.opening import Malformed, xml

_NS: Final = {"chain": "http://cyber.ee/hashchain", "ds": "http://www.w3.org/2000/09/xmldsig#"}
_MOST_STEPS: Final = 64


def data_of(parts: Mapping[str, bytes], result: str, chain: str) -> Mapping[str, Digest]:
    """Which data the top in the part `result` stands for, by name, with their digests as the part `chain` has them.

    Raises `Untrue` when the chain does not lead to that top, `Malformed` when one of the two cannot be read.
    """
    told = xml(_part(parts, result), result)
    if told.tag != f"{{{_NS['chain']}}}HashChainResult":
        raise Malformed(f"{result} is no result of a hash chain")
    named, _, step = told.get("URI", "").removeprefix("/").partition("#")
    if named != chain:
        raise Malformed(f"{result} is not the result of {chain}")
    top = _Chain(xml(_part(parts, chain), chain), chain)
    digest = top.digest(step, ())
    if (digest.algorithm, digest.value) != (_method(told, ""), _value(told)):
        raise Untrue(f"{chain} does not lead to {result}")
    return top.data


class _Chain:
    def __init__(self, root: etree._Element, name: str) -> None:
        self._name = name
        self._default = _method(root, "", "chain:DefaultDigestMethod")
        steps = root.findall("chain:HashStep", _NS)
        self._steps = {step.get("id", ""): step for step in steps}
        if len(steps) > _MOST_STEPS or len(self._steps) != len(steps):
            raise Malformed(f"{name} has too many steps, or two of one name")
        self._known: dict[str, Digest] = {}
        self.data: dict[str, Digest] = {}

    def digest(self, step: str, above: tuple[str, ...]) -> Digest:
        """Of a step over what it holds, down to the data; no step may lead back to one above."""
        if step not in self._steps or step in above:
            raise Malformed(f"{self._name} leads to {step!r}")
        if step not in self._known:
            held = [self._held(item, (*above, step)) for item in self._steps[step].iterchildren("{*}*")]
            self._known[step] = Digest(self._default, digested(self._default, _der(held)))
        return self._known[step]

    def _held(self, item: etree._Element, above: tuple[str, ...]) -> Digest:
        kind, uri = etree.QName(item).localname, item.get("URI", "")
        if kind == "StepRef":
            name, _, step = uri.partition("#")
            if name.removeprefix("/") not in ("", self._name):
                raise Malformed(f"{self._name} leads elsewhere")
            return self.digest(step, above)
        digest = Digest(_method(item, self._default), _value(item))
        if kind == "DataRef":
            self.data[uri.removeprefix("/")] = digest
        elif kind != "HashValue":
            raise Malformed(f"{self._name} holds {kind}")
        return digest


def _der(held: Sequence[Digest]) -> bytes:
    """SEQUENCE OF SEQUENCE { OCTET STRING digest, UTF8String algorithm, SEQUENCE {} }."""
    items = (_tagged(4, one.value) + _tagged(12, one.algorithm.encode()) + _tagged(0x30, b"") for one in held)
    return _tagged(0x30, b"".join(_tagged(0x30, item) for item in items))


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:  # noqa: PLR2004 - from here on DER says first how long the length is
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + content


def _part(parts: Mapping[str, bytes], name: str) -> bytes:
    if name not in parts:
        raise Malformed(f"{name} is missing")
    return parts[name]


def _method(element: etree._Element, default: str, path: str = "ds:DigestMethod") -> str:
    method = element.find(path, _NS)
    return default if method is None else method.get("Algorithm", "")


def _value(element: etree._Element) -> bytes:
    text = element.findtext("ds:DigestValue", "", _NS)
    try:
        return b64decode("".join(text.split()), validate=True)
    except (NotBase64, ValueError) as wrong:
        raise Malformed("a digest is not base64") from wrong
