"""The ward's counter: takes applications in and tells where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import httpx
import msgspec

from bff.connectors.manifest import manifest_of
from bff.connectors.query import about
from bff.connectors.ward_counter import mapping
from bff.connectors.ward_counter.mapping import Attachment, CounterStatus, Proof, Receipt, Withdrawal
from bff.exchange.address import encoded
from bff.exchange.reading import Reading


class WardCounter:
    """Every call may be repeated: the same `key` is taken in once and gets the same number again."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send(
        self,
        reading: Reading,
        *,
        key: UUID,
        procedure: str,
        version: str,
        answers: Mapping[str, object],
        completed_at: datetime,
        receipt_number: str,
        digest: bytes | None = None,
        corrected: Sequence[str] = (),
        on_behalf: Mapping[str, str] | None = None,
        signature: Proof | None = None,
        attachments: Sequence[Attachment] = (),
        parts: Sequence[Mapping[str, object]] = (),
    ) -> Receipt:
        """`on_behalf`: `name` and `kind` of who sent it for her (代理で); None: she herself.

        `signature`: that she signed it, and the proof; None: it goes unsigned, and the ward is told so by a null.
        `attachments`: left out of the message when there are none, 6 MiB of contents at most.
        `parts`: what others wrote for it (`part`, `title`, `by`, `at`, `entries` of `label` and `value`); left out when
        there is none.

        `digest` and `corrected` go along so that the ward can tell what exactly was sent, and what she corrected.

        Raises `Invalid` when the ward refuses fields, `Silent` when it gives no answer of use.
        """
        application: dict[str, object] = {
            "key": str(key),
            "procedure": procedure,
            "version": version,
            "subject": about(reading, self.manifest),
            "answers": dict(answers),
            "completed_at": completed_at,
            "receipt_number": receipt_number,
            "digest": digest.hex() if digest else None,
            "corrected": list(corrected),
            "signature": signature,
        }
        application |= {"on_behalf": dict(on_behalf)} if on_behalf else {}
        application |= {"attachments": list(attachments)} if attachments else {}
        application |= {"parts": list(parts)} if parts else {}
        answer = await self._http.post(
            self.manifest.path(reading, "/"),
            content=msgspec.json.encode(application),
            headers={"content-type": "application/json"},
            extensions={"reading": reading, "call": self.manifest.call(repeatable=True)},
        )
        return mapping.receipt(answer, self.manifest.id)

    async def status(self, reading: Reading, number: str) -> CounterStatus:
        """Where the application with the ward's own `number` stands; raises `Silent`."""
        answer = await self._http.get(
            self.manifest.path(reading, f"/{encoded(number)}"),
            extensions={"reading": reading, "call": self.manifest.call(repeatable=True)},
        )
        return mapping.status(answer, self.manifest.id, number)

    async def withdraw(self, reading: Reading, *, key: UUID, receipt_number: str, at: datetime) -> Withdrawal:
        """She has taken back what was sent under `key`; raises `Silent`. What has never arrived is told so too."""
        taken_back = {
            "key": str(key),
            "subject": about(reading, self.manifest),
            "receipt_number": receipt_number,
            "at": at,
        }
        answer = await self._http.post(
            self.manifest.path(reading, "/withdrawals"),
            content=msgspec.json.encode(taken_back),
            headers={"content-type": "application/json"},
            extensions={"reading": reading, "call": self.manifest.call(repeatable=True)},
        )
        return mapping.withdrawal(answer, self.manifest.id)
