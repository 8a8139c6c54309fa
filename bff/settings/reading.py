"""How single settings are read: each raises `SettingsRefused` with the name of what is wrong."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

MASTER_KEY_BYTES = 32

Get = Callable[..., str]
"""`get(name, default="")`: a setting that must be there, without the prefix KURASHIMADO_."""


Heard = Callable[[str, str], None]
"""Is told the name of a setting that is looked for, and what holds when nobody has chosen."""


def nobody(name: str, default: str) -> None:
    """To whom nothing is of interest."""


class Heeding(dict[str, str]):
    """An environment that tells `heard` of every setting it is asked for."""

    def __init__(self, environ: Mapping[str, str], heard: Heard) -> None:
        super().__init__(environ)
        self._heard = heard

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self._heard(name, default)
        return super().get(name, default)


Networks = tuple[IPv4Network | IPv6Network, ...]


class SettingsRefused(ValueError):
    """A setting is missing, malformed, or a demo secret in production."""


def names(text: str) -> frozenset[str]:
    """Comma separated; none when empty."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """`KURASHIMADO_X_FILE` (and `DATABASE_URL_FILE`) names the file that `KURASHIMADO_X` is read from, as container
    platforms hand secrets in; both at once are refused, since one of them is forgotten."""
    whole = dict(environ)
    for name, path in environ.items():
        setting = name.removesuffix("_FILE")
        if setting == name or not path or not (setting.startswith("KURASHIMADO_") or setting == "DATABASE_URL"):
            continue
        if environ.get(setting):
            raise SettingsRefused(f"{setting} and {name} are both set")
        try:
            whole[setting] = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as wrong:
            raise SettingsRefused(f"{name} cannot be read: {type(wrong).__name__}") from wrong
    return whole


def networks(name: str, text: str) -> Networks:
    """Comma separated, `192.0.2.0/24` or single addresses; none when empty."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsRefused(f"KURASHIMADO_{name} must be networks, comma separated") from error


def paths(name: str, text: str) -> tuple[Path, ...]:
    """Comma separated; a comma at the end, or a space after one, names no file."""
    paths = tuple(Path(path.strip()) for path in text.split(",") if path.strip())
    if not paths:
        raise SettingsRefused(f"KURASHIMADO_{name} names no file")
    return paths


def master_keys(text: str) -> tuple[tuple[str, bytes], ...]:
    keys: list[tuple[str, bytes]] = []
    for item in text.split(","):
        name, colon, encoded = item.strip().partition(":")
        key = secret("MASTER_KEYS", encoded)
        if not name or not colon or len(key) != MASTER_KEY_BYTES:
            raise SettingsRefused("KURASHIMADO_MASTER_KEYS must be id:base64(32 bytes), comma separated")
        if name in dict(keys):
            raise SettingsRefused(f"KURASHIMADO_MASTER_KEYS names {name} twice")
        keys.append((name, key))
    return tuple(keys)


def secret(name: str, encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise SettingsRefused(f"KURASHIMADO_{name} is not base64") from error


def versions(name: str, text: str) -> tuple[tuple[str, bytes], ...]:
    """`version:base64`, comma separated; one without a version is `1`."""
    found: list[tuple[str, bytes]] = []
    for item in text.split(","):
        before, colon, after = item.strip().partition(":")
        version = before if colon else "1"
        if not version or version in dict(found):
            raise SettingsRefused(f"KURASHIMADO_{name} names no version, or one twice")
        found.append((version, secret(name, after if colon else before)))
    return tuple(found)


def seconds(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise SettingsRefused(f"KURASHIMADO_{name} is not a number") from error


def is_address(address: str, scheme: str, host: str | None = None) -> bool:
    """By its parts: `http://127.0.0.1.example` and `http://127.0.0.1@example` begin like one that is near."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises ValueError on a port that is no number
    except ValueError:
        return False
    odd = "@" in parts.netloc or not address.isprintable() or " " in address or "\\" in address
    return not odd and parts.scheme == scheme and bool(parts.hostname) and host in (None, parts.hostname)
