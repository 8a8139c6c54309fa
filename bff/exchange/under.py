"""Mutual TLS to our security server."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import httpx

from bff.settings import Settings, SettingsRefused


@dataclass(frozen=True)
class MutualTls:
    """PEM files: our key and certificate, which the security server has registered, and what it is trusted by."""

    key: Path
    certificate: Path
    roots: Path

    def __call__(self) -> ssl.SSLContext:
        """Raises `httpx.ConnectError` while a file is missing or wrong."""
        try:
            context = ssl.create_default_context(cafile=self.roots)
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as wrong:
            raise httpx.ConnectError(f"no mutual TLS to the security server: {wrong}") from wrong
        return context


def mutual_tls(settings: Settings) -> MutualTls:
    """Read when the first call is made: the files may come after the start."""
    return MutualTls(settings.exchange_key, settings.exchange_certificate, settings.exchange_roots)


def in_order(settings: Settings) -> None:
    """Raises SettingsRefused when mutual TLS cannot be spoken; the demo city's root may come after its start."""
    if not settings.production:
        return
    try:
        mutual_tls(settings)()
    except httpx.ConnectError as wrong:
        raise SettingsRefused(f"KURASHIMADO_EXCHANGE_KEY, _CERTIFICATE or _ROOTS: {wrong}") from wrong
