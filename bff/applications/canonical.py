"""What is signed: an application as one unmistakable row of bytes (RFC 8785, JSON Canonicalization Scheme).

The phone makes the same bytes in `pwa/data/canonical.ts`, so that both can tell what exactly was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from bff.applications.application import Paper


def canonical(
    *,
    procedure: str,
    version: str,
    subject: str | None,
    ward: str,
    answers: Mapping[str, Any],
    completed_at: datetime,
    papers: Sequence[Paper] = (),
) -> bytes:
    """`answers` are those of the fields shown; the time is written in UTC, to the second; no papers, no entry."""
    attached = [{"paper": one.paper, "digest": one.digest.hex()} for one in papers]
    return rfc8785.dumps(
        {
            "procedure": procedure,
            "version": version,
            "subject": subject,
            "ward": ward,
            "answers": dict(answers),
            "completedAt": completed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        | ({"attachments": attached} if attached else {})
    )


def digest(canonical: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return sha256(canonical).digest()
