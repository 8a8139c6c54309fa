"""Passkeys (WebAuthn Level 3), for residents and officials alike: bound once, then proved with one touch.

`Passkeys` holds the two ceremonies; `keeping` lists, names and revokes.
"""

from bff.identity.passkeys.ceremonies import Passkeys, Proof
from bff.identity.passkeys.keeping import Owner, Passkey
from bff.identity.passkeys.refusal import PasskeyRefused
from bff.identity.passkeys.site import Site

__all__ = ["Owner", "Passkey", "PasskeyRefused", "Passkeys", "Proof", "Site"]
