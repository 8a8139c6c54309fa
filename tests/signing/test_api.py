"""The signature API by itself: a result that is not ready yet is looked for again, and not for ever; its settings."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest

from bff import settings
from bff.identity.oidc import RelyingParty
from bff.settings import SettingsRefused
from bff.signing.api import TRIES, SignatureApi
from bff.signing.ports import Collected, NotSigned
from tests.house.test_settings import WHOLE

API = "https://idp.example/api"


class Vouching:
    """A provider that vouches for whoever brings a code."""

    async def vouched(self, **_: str) -> tuple[dict[str, Any], str]:
        return {"sub": "hana"}, "a-token"


class Busy:
    """An API that has the result at the `ready`th look."""

    def __init__(self, ready: int, status: int = 200, **answer: str) -> None:
        self.ready, self.status, self.answer = ready, status, answer
        self.looks = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer a-token"
        self.looks += 1
        if self.looks < self.ready:
            return httpx.Response(409, json={"error": "AUTHORIZED"})
        whole = {"sign_transaction_id": "t-1", "sign_certificate_jwe": "sealed"}
        return httpx.Response(self.status, json=self.answer or whole)


async def collects(busy: Busy) -> Collected:
    async with httpx.AsyncClient(transport=httpx.MockTransport(busy)) as http:
        api = SignatureApi(http, cast(RelyingParty, Vouching()), API, pause=0)
        return await api.collect("t-1", code="c", nonce="n", verifier="v")


async def test_a_result_that_is_not_ready_is_looked_for_again() -> None:
    busy = Busy(ready=TRIES)
    assert await collects(busy) == Collected("hana", "sealed")
    assert busy.looks == TRIES


FAILURES: list[tuple[Busy, str, int]] = [
    (Busy(ready=99), "unavailable", TRIES),
    (Busy(1, 503), "unavailable", 1),
    (Busy(1, 410, error="DECLINED"), "declined", 1),
    (Busy(2, 410, error="EXPIRED"), "too_late", 2),
    (Busy(1, 410, error="already_read"), "failed", 1),
    (Busy(1, 200, sign_transaction_id="t-2", sign_certificate_jwe="of another"), "failed", 1),
    (Busy(1, 200, sign_transaction_id="t-1"), "failed", 1),
]


async def test_a_result_that_does_not_come_is_one_word_for_her_and_not_asked_for_ever() -> None:
    for busy, code, looks in FAILURES:
        with pytest.raises(NotSigned) as failed:
            await collects(busy)
        assert (failed.value.code, busy.looks) == (code, looks), busy.answer


WRONG = [
    {"KURASHIMADO_SIGNING_API": "http://idp.example/api"},
    {"KURASHIMADO_SIGNING_API": "idp.example"},
    {"KURASHIMADO_SIGNING_API": "https://"},
    {"KURASHIMADO_SIGNING_DIGEST": "sha1"},
    {"KURASHIMADO_UNSIGNED": "yes"},
    {"KURASHIMADO_UNSIGNED": "taken"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "=".join(*wrong.items()))
def test_an_operator_is_told_which_setting_of_signing_is_wrong(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused, match=next(iter(wrong))):
        settings.read({**WHOLE, **wrong})


def test_also_a_demo_refuses_what_is_no_address() -> None:
    with pytest.raises(SettingsRefused, match="KURASHIMADO_SIGNING_API"):
        settings.read({"KURASHIMADO_SIGNING_API": "not an address"})
    assert settings.read({"KURASHIMADO_SIGNING_API": "http://localhost:1/api"}).signing.api == "http://localhost:1/api"


def test_nothing_goes_unsigned_that_needs_a_signature_unless_an_operator_says_so() -> None:
    for environ in ({}, WHOLE, {**WHOLE, "KURASHIMADO_SIGNING_API": API}):
        assert not settings.read(environ).signing.unsigned_taken
        assert settings.read({**environ, "KURASHIMADO_UNSIGNED": "1"}).signing.unsigned_taken
