"""Our own keys towards identity providers (`private_key_jwt`, RFC 7523): a folder of PEM files that can be rotated.

`<time>.pem` has signed or signs: the newest does. `<time>.next.pem` is announced: published at /login/keys already, so
that a provider has it before the first assertion is signed with it. All in the folder are published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwk, jwt

NEXT = ".next.pem"
_ALGORITHMS = {"EC": "ES256", "RSA": "RS256"}


class ClientKeys:
    """The ring in `folder`, or the one key when `folder` is a file. Read anew when the files are others, so that
    every process signs with the new key soon after a rotation. Raises `ValueError` when there is none to sign with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: Sequence[Path] = ()
        self._keys: Sequence[tuple[Path, jwk.Key]] = ()
        self._look()

    def signed(self, claims: Mapping[str, object]) -> str:
        """`claims` as a JWT of the newest key that is no longer only announced."""
        self._look()
        key = next(key for path, key in self._keys if not path.name.endswith(NEXT))
        header = {"alg": _ALGORITHMS[key.key_type], "typ": "JWT", "kid": key.thumbprint()}
        return jwt.encode(header, dict(claims), key)

    @property
    def published(self) -> dict[str, object]:
        """The public halves as a JWKS, for the providers."""
        self._look()
        return {
            "keys": [
                {
                    **key.as_dict(private=False),
                    "kid": key.thumbprint(),
                    "alg": _ALGORITHMS[key.key_type],
                    "use": "sig",
                }
                for _, key in self._keys
            ]
        }

    def _look(self) -> None:
        files = files_of(self._folder)
        if files == self._seen:
            return
        if not any(not file.name.endswith(NEXT) for file in files):
            raise ValueError(f"no key in {self._folder.name}")
        self._keys = [(file, _read(file)) for file in files]
        self._seen = files


def files_of(folder: Path) -> list[Path]:
    """Newest first; none when there is neither folder nor file."""
    return [folder] if folder.is_file() else sorted(folder.glob("*.pem"), reverse=True)


def announce(folder: Path, now: datetime) -> Path:
    """A new key, published from now on; it signs after `rotate`. There is only one such at a time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    announced = _announced(folder)
    return announced[0] if announced else _made(folder / f"{_stamp(now)}{NEXT}")


def rotate(folder: Path, now: datetime) -> Path:
    """The announced key signs from now on, or a new one when none was announced; the former stay published."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return rotate_announced(folder, now) or _made(folder / f"{_stamp(now)}.pem")


def rotate_announced(folder: Path, now: datetime) -> Path | None:
    """As `rotate`, where no provider may meet a key that it could not have read. None: none was announced."""
    announced = _announced(folder)
    return announced[0].rename(folder / f"{_stamp(now)}.pem") if announced else None


def retire(folder: Path) -> list[Path]:
    """Takes away every key that signed before the one that signs now; their assertions lived a minute."""
    former = [file for file in files_of(folder) if not file.name.endswith(NEXT)][1:]
    for file in former:
        file.unlink()
    return former


def _announced(folder: Path) -> list[Path]:
    return [file for file in files_of(folder) if file.name.endswith(NEXT)]


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%dT%H%M%S%fZ")


def _made(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


def _read(file: Path) -> jwk.Key:
    octets = file.read_bytes()
    try:
        return jwk.ECKey.import_key(octets)
    except ValueError:
        return jwk.RSAKey.import_key(octets)
