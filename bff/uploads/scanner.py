"""ClamAV, when there is one: a file that nobody could look at is not taken."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import urlsplit

import clamd
import structlog

from bff.uploads.refusals import refused

PATIENCE = 20
log = structlog.get_logger()
Scan = Callable[[bytes], None]


def scanner(url: str) -> Scan | None:
    """`tcp://host:3310` or `unix:///run/clamd.sock`; None when `url` is empty. Blocks: to be called in a thread."""
    if not url:
        return None
    parts = urlsplit(url)

    def scan(body: bytes) -> None:
        """Raises `UploadRefused`."""
        try:
            if parts.scheme == "unix":
                daemon = clamd.ClamdUnixSocket(parts.path, timeout=PATIENCE)
            else:
                daemon = clamd.ClamdNetworkSocket(parts.hostname, parts.port or 3310, timeout=PATIENCE)
            verdict = daemon.instream(io.BytesIO(body))["stream"][0]
        except (clamd.ClamdError, OSError, KeyError, TypeError, ValueError) as silent:
            log.warning("the scanner of uploads is silent", why=type(silent).__name__)
            raise refused("no_scanner") from silent
        if verdict == "FOUND":
            raise refused("virus")
        if verdict != "OK":
            raise refused("no_scanner")

    return scan
