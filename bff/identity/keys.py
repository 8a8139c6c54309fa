"""Envelope encryption: a data key for each resident, wrapped by a master key that can be changed.

AES-256-GCM (NIST SP 800-38D), a random 96-bit nonce before each ciphertext. What is sealed is bound to whose it is
and of what kind, so a row moved to another person or column does not open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Chance = Callable[[int], bytes]

KEY_BYTES = 32
_NONCE_BYTES = 12
_DATA_KEY = "data-key"


class Unreadable(Exception):
    """Sealed by another key, for another person or kind, or altered."""


@dataclass(frozen=True)
class WrappedKey:
    """A resident's data key as it is stored; `key_id` names the master key around it."""

    key_id: str
    wrapped: bytes


class DataKey:
    """One resident's key, in memory only."""

    def __init__(self, resident: UUID, key: bytes, chance: Chance) -> None:
        self._resident = resident
        self._key = key
        self._chance = chance

    def seal(self, kind: str, plain: bytes) -> bytes:
        return _seal(self._key, self._resident, kind, plain, self._chance)

    def open(self, kind: str, sealed: bytes) -> bytes:
        """What was sealed under the same `kind`; raises `Unreadable`."""
        return _open(self._key, self._resident, kind, sealed)

    def __repr__(self) -> str:
        return f"DataKey({self._resident})"


class KeyRing:
    """The master keys by id; `current` wraps, every one of them unwraps."""

    def __init__(self, masters: Mapping[str, bytes], current: str, chance: Chance) -> None:
        if current not in masters or any(len(key) != KEY_BYTES for key in masters.values()):
            raise ValueError("a key ring needs 32-byte master keys, the current one among them")
        self._masters = dict(masters)
        self._current = current
        self._chance = chance

    def fresh(self, resident: UUID) -> WrappedKey:
        """A new data key for `resident`, wrapped."""
        return self._wrap(resident, self._chance(KEY_BYTES))

    def open(self, resident: UUID, key: WrappedKey) -> DataKey:
        """Raises `Unreadable` when the master key is gone or the data key is another resident's."""
        return DataKey(resident, self._unwrap(resident, key), self._chance)

    def rewrap(self, resident: UUID, key: WrappedKey) -> WrappedKey:
        """The same data key under the current master key; what it sealed stays readable."""
        return self._wrap(resident, self._unwrap(resident, key))

    def is_current(self, key: WrappedKey) -> bool:
        return key.key_id == self._current

    def _wrap(self, resident: UUID, key: bytes) -> WrappedKey:
        return WrappedKey(self._current, _seal(self._masters[self._current], resident, _DATA_KEY, key, self._chance))

    def _unwrap(self, resident: UUID, key: WrappedKey) -> bytes:
        if key.key_id not in self._masters:
            raise Unreadable(f"no master key {key.key_id}")
        return _open(self._masters[key.key_id], resident, _DATA_KEY, key.wrapped)


def _seal(key: bytes, resident: UUID, kind: str, plain: bytes, chance: Chance) -> bytes:
    nonce = chance(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(resident, kind))


def _open(key: bytes, resident: UUID, kind: str, sealed: bytes) -> bytes:
    nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, text, _bound(resident, kind))
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable(f"{kind} of {resident} does not open") from wrong


def _bound(resident: UUID, kind: str) -> bytes:
    return resident.bytes + kind.encode()
