"""The ASGI application of the door: admit, answer, record, and only then hand the answer over."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

import structlog
from litestar.enums import ScopeType
from litestar.types import HTTPScope, LifeSpanReceive, LifeSpanSend, Receive, Scope, Send

from bff.exchange.address import encoded
from bff.exchange.incoming import Incoming, manifests
from bff.exchange.log_writing import LogWriter
from bff.exchange.message_log import ANSWERED, Entry
from bff.exchange.silence import Why
from bff.inlet import applications, files
from bff.inlet.answer import Answer, Call, Service, hand_over, json_answer, refusal
from bff.inlet.coming import Body, Coming, HungUp, Refused
from bff.ledger import wishes
from bff.wiring import House

log = structlog.get_logger()


class Inlet:
    """Whatever comes of a request, a defect of ours too, is recorded and then answered; unrecorded is unanswered."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._manifests = manifests()
        self._services: Mapping[str, Service] = {
            "applications": applications.service(house),
            "files": files.service(house),
        }
        self._log = LogWriter(house.db, wishes.written).keep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._serve(scope, receive, send)
        elif str(scope["type"]) == "lifespan":
            await self._live(cast(LifeSpanReceive, receive), cast(LifeSpanSend, send))

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        at, started = self._house.clock(), time.monotonic()
        coming, body = Coming.of(scope), Body(receive)
        answer = await self._answered(coming, body)
        took = round((time.monotonic() - started) * 1000)
        await self._log(self._entry(coming, body, answer, at, took))
        if answer is not None:
            await hand_over(send, answer)

    async def _answered(self, coming: Coming, body: Body) -> Answer | None:
        """None: nobody is there any more to answer to."""
        try:
            call = self._admitted(coming, body)
            return await self._services[call.manifest.id](call)
        except Refused as refused:
            return refusal(refused)
        except HungUp:
            return None
        except Exception:
            log.exception("defect", door="inlet", service=coming.service)
            return json_answer(500, {"code": "defect", "message": "the house could not answer; it has been noted"})

    def _admitted(self, coming: Coming, body: Body) -> Call:
        """Raises `Refused`."""
        if coming.faults:
            raise Refused(400, "bad_request", "; ".join(coming.faults))
        try:
            client = coming.client()
        except ValueError as wrong:
            raise Refused(400, "bad_request", "x-road-client is not of three or four well encoded parts") from wrong
        manifest = self._manifests.get(coming.service)
        if manifest is None:
            raise Refused(404, "unknown_service", "there is no such service")
        named = coming.given["x-road-service"]
        if named and named != self._service(manifest):
            raise Refused(400, "bad_request", "x-road-service is not the service of this address")
        instance, wards = self._house.settings.exchange_instance, self._house.catalogue.wards
        if not manifest.may_be_called(client, instance=instance, wards=wards.keys()):
            raise Refused(403, "access_denied", "this subsystem may not call this service")
        body.largest = manifest.largest
        told = coming.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and int(told) > manifest.largest:
            raise Refused(413, "too_large", f"a body may have {manifest.largest} bytes")
        return Call(coming, client, manifest, body)

    def _service(self, manifest: Incoming | None) -> str:
        """How the asked service is called in the exchange."""
        if manifest is None:
            return ""
        return f"{self._house.exchange_client}/{encoded(manifest.id)}"

    def _entry(self, coming: Coming, body: Body, answer: Answer | None, at: datetime, took_ms: int) -> Entry:
        manifest, given = self._manifests.get(coming.service), coming.given
        known = given["x-road-request-id"] and not coming.faults
        return Entry(
            at=at,
            message=UUID(given["x-road-request-id"]) if known else self._house.new_id(),
            asker="exchange",
            resident=answer.resident if answer else None,
            subject="",
            source=manifest.id if manifest else "",
            service=self._service(manifest) or coming.target.partition("?")[0][:200],
            purpose=manifest.purpose if manifest else "",
            basis=manifest.basis if manifest else "",
            request_digest=hashlib.sha512(coming.head + body.digest()).digest() if body.size else coming.head,
            answer_digest=hashlib.sha512(answer.body).digest() if answer else None,
            outcome=_outcome(answer),
            status=answer.status if answer else None,
            took_ms=took_ms,
            direction="in",
            caller=given["x-road-client"],
            user_id=given["x-road-userid"] or None,
            given_id=given["x-road-id"] or None,
            issue=given["x-road-issue"] or None,
        )

    async def _live(self, receive: LifeSpanReceive, send: LifeSpanSend) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._house.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _outcome(answer: Answer | None) -> str:
    if answer is None or answer.status >= 500:  # noqa: PLR2004 - the class of a status
        return str(Why.UNAVAILABLE)
    return ANSWERED if answer.status < 400 else str(Why.REFUSED)  # noqa: PLR2004
