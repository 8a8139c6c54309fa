"""A ward that tells the house something: its message as the security server hands it over."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from bff.inlet import Inlet
from tests.graphql.test_applications import newborn
from tests.town import Person, Town

MINATO, SETAGAYA = "131032", "131121"
OWN = "TOKYO23/COM/900100/kurashimado"


class Ward:
    """`code`'s subsystem; `headers` of each message may be changed or, by None, left out."""

    def __init__(self, town: Town, code: str = MINATO, subsystem: str = "counter") -> None:
        self.town = town
        self.client = f"TOKYO23/GOV/{code}/{subsystem}"
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(Inlet(town.house)),  # type: ignore[arg-type]
            base_url="https://inlet.test",
        )

    def envelope(self, **changed: str | None) -> dict[str, str]:
        headers: dict[str, str | None] = {
            "x-road-client": self.client,
            "x-road-id": f"TOKYO23-{uuid4()}",
            "x-road-request-id": str(uuid4()),
            "x-road-userid": "JP-desk7",
            "x-road-issue": "case-12",
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in headers.items() if value is not None}

    async def calls(self, verb: str, path: str, content: Any = None, **changed: str | None) -> httpx.Response:
        headers = self.envelope(**changed)
        if isinstance(content, bytes | None):
            return await self._http.request(verb, f"/xroad/v1{path}", content=content, headers=headers)
        return await self._http.request(verb, f"/xroad/v1{path}", json=content, headers=headers)

    async def says(
        self, receipt: str, state: str, note: str | None = None, *, fields: object = (), **changed: str | None
    ) -> httpx.Response:
        said = {"state": state, "note": note, "number": "131032-2026-000009", "fields": fields}
        return await self.calls("POST", f"/applications/{receipt}/status", said, **changed)


async def sent_by_hana(town: Town, photograph: bytes | None = None) -> tuple[Person, str]:
    """Her claim, kept by the house and not yet delivered, with her photograph; and its receipt number."""
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    attached = []
    if photograph:
        upload = (await hana.browser.post("/uploads", content=photograph)).json()["id"]
        attached = [{"paper": "living_apart", "upload": upload}]
    sent = await hana.sends(step, answers, attachments=attached)
    return hana, sent["application"]["receiptNumber"] if "application" in sent else await _receipt(hana)


async def _receipt(hana: Person) -> str:
    data = await hana.asks("{ viewer { applications { nodes { receiptNumber } } } }")
    return str(data["viewer"]["applications"]["nodes"][0]["receiptNumber"])


async def incoming(town: Town) -> list[dict[str, Any]]:
    """The incoming records, oldest first."""
    async with town.house.db.house() as conn:
        rows = await conn.execute(text("SELECT * FROM exchange_log WHERE direction = 'in' ORDER BY id"))
        return [dict(row) for row in rows.mappings()]
