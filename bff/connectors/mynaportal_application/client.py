"""マイナポータル 申請: applications to municipalities as ぴったりサービス hands them in, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import httpx

from bff.connectors.bounds import WardCode
from bff.connectors.manifest import manifest_of
from bff.connectors.mynaportal_application import mapping
from bff.connectors.mynaportal_application.mapping import Attachment, Progress, Signature
from bff.connectors.query import about, ask, look
from bff.exchange.reading import Reading


class MynaportalApplications:
    """Every call may be repeated: the same `key` is taken in once and gets the same 受付番号 again."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def submit(
        self,
        reading: Reading,
        *,
        key: UUID,
        procedure: str,
        municipality: WardCode,
        form_version: str,
        form: Mapping[str, object],
        attachments: Sequence[Attachment] = (),
        signature: Signature | None = None,
    ) -> Progress:
        """`procedure` is the 手続ID of that municipality, `form` its fields by name, without any 個人番号.

        Raises `Refused` with a reason of the manifest, `Silent` when there is no answer of use.
        """
        package = {
            "key": str(key),
            "procedure": procedure,
            "municipality": municipality,
            "form_version": form_version,
            "applicant": about(reading, self.manifest),
            "form": dict(form),
            "attachments": list(attachments),
            "signature": signature,
        }
        return mapping.taken_in(await ask(self._http, self.manifest, reading, "/", package), self.manifest)

    async def status(self, reading: Reading, *, receipt_number: str) -> Progress:
        """Raises `Silent`, `no_match` when nothing of hers has that number."""
        answer = await look(self._http, self.manifest, reading, receipt_number)
        return mapping.progress(answer, self.manifest, receipt_number)

    async def withdraw(self, reading: Reading, *, receipt_number: str) -> Progress:
        """取下; raises `Refused` (too_late) once it is completed or rejected."""
        body = {"subject": about(reading, self.manifest), "receipt_number": receipt_number}
        answer = await ask(self._http, self.manifest, reading, "/withdrawals", body)
        return mapping.withdrawn(answer, self.manifest, receipt_number)
