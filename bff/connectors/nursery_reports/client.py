"""To the nursery: a child stays away, or somebody else fetches it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx

from bff.connectors.manifest import manifest_of
from bff.connectors.nursery_reports import mapping
from bff.connectors.nursery_reports.mapping import Hour, NurseryReport, Reason
from bff.connectors.query import look, order
from bff.exchange.reading import Reading


class NurseryReports:
    """All calls may be repeated: the same `key` is taken in once. Raise `Refused` and `Silent`.

    A report is never changed: a correction is a new one that `replaces` the number of the one before.
    """

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def absence(
        self,
        reading: Reading,
        *,
        key: UUID,
        child: str,
        on: date,
        reason: Reason,
        until: date | None = None,
        replaces: str | None = None,
    ) -> NurseryReport:
        """`reason` is a word, never what the illness is; `until`: the last day, of several."""
        told = {"child": child, "on": on, "until": until, "reason": reason, "replaces": replaces}
        answer = await order(self._http, self.manifest, reading, "/absences", key, told)
        return mapping.reported(answer, self.manifest, "absence", child, on)

    async def pick_up(
        self,
        reading: Reading,
        *,
        key: UUID,
        child: str,
        on: date,
        who: str,
        time: Hour | None = None,
        replaces: str | None = None,
    ) -> NurseryReport:
        """`who` comes, in the family's words; `time`: when, if it is another time than usual."""
        told = {"child": child, "on": on, "who": who, "time": time, "replaces": replaces}
        answer = await order(self._http, self.manifest, reading, "/pick-ups", key, told)
        return mapping.reported(answer, self.manifest, "pick_up", child, on)

    async def withdraw(self, reading: Reading, *, key: UUID, number: str) -> NurseryReport:
        answer = await order(self._http, self.manifest, reading, "/cancellations", key, {"number": number})
        return mapping.withdrawn(answer, self.manifest, number)

    async def status(self, reading: Reading, *, number: str) -> NurseryReport:
        return mapping.standing(await look(self._http, self.manifest, reading, number), self.manifest, number)
