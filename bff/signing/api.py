"""The signature API of the デジタル認証アプリ as a `Signer` (identity-and-exchange 1.10, B).

Names of fields, states and errors are unconfirmed: they stand here and nowhere else.
"""

from __future__ import annotations

import asyncio
import base64
from typing import Any, Final

import httpx
import msgspec
from asn1crypto import algos, core

from bff.errors import NOT_JSON
from bff.identity.failures import LoginFailed
from bff.identity.oidc import RelyingParty, Start
from bff.signing.ports import Code, Collected, Digest, NotSigned

_NOT_READY: Final = 409
TRIES: Final = 4
PAUSE: Final = 0.5
"""Seconds between looks at a result that is not ready."""


class _DigestInfo(core.Sequence):  # type: ignore[misc]
    _fields = [("digest_algorithm", algos.DigestAlgorithm), ("digest", core.OctetString)]  # noqa: RUF012


class _Begun(msgspec.Struct, frozen=True):
    sign_transaction_id: str


class _Result(msgspec.Struct, frozen=True):
    sign_transaction_id: str
    sign_certificate_jwe: str


class SignatureApi:
    """`party` is the relying party with scope `openid sign`; `url` is where the API's paths begin."""

    def __init__(self, http: httpx.AsyncClient, party: RelyingParty, url: str, pause: float = PAUSE) -> None:
        self._http = http
        self._party = party
        self._url = url
        self._pause = pause

    @property
    def issuer(self) -> str:
        return self._party.issuer

    async def prepare(self, digest: Digest) -> str:
        try:
            token = await self._party.own_token()
        except LoginFailed as failed:
            raise NotSigned("unavailable", failed.detail) from failed
        answer = await self._answer("POST", "sign-transactions", token, json={"data": data_of(digest)})
        begun: _Begun = _read(answer, _Begun)
        return begun.sign_transaction_id

    async def leave(self, transaction: str) -> Start:
        try:
            return await self._party.start(sign_transaction_id=transaction)
        except LoginFailed as failed:
            raise NotSigned("unavailable", failed.detail) from failed

    async def check_answerer(self, iss: str | None) -> None:
        try:
            await self._party.check_answerer(iss)
        except LoginFailed as failed:
            raise NotSigned("failed", failed.detail) from failed

    async def collect(self, transaction: str, *, code: str, nonce: str, verifier: str) -> Collected:
        try:
            told, token = await self._party.vouched(code=code, nonce=nonce, verifier=verifier)
        except LoginFailed as failed:
            raise NotSigned("unavailable" if failed.code == "unavailable" else "failed", failed.detail) from failed
        answer = await self._result(transaction, token)
        result: _Result = _read(answer, _Result)
        if result.sign_transaction_id != transaction:
            raise NotSigned("failed", "the result is of another transaction")
        return Collected(str(told["sub"]), result.sign_certificate_jwe)

    async def _result(self, transaction: str, token: str) -> httpx.Response:
        for _ in range(TRIES):
            answer = await self._answer("GET", f"sign-transactions/{transaction}/result", token)
            if answer.status_code != _NOT_READY:
                return answer
            await asyncio.sleep(self._pause)
        raise NotSigned("unavailable", "the result is not ready")

    async def _answer(self, method: str, path: str, token: str, **more: Any) -> httpx.Response:
        try:
            answer = await self._http.request(
                method, f"{self._url}/{path}", headers={"authorization": f"Bearer {token}"}, **more
            )
        except httpx.HTTPError as silent:
            raise NotSigned("unavailable", f"signature API: {type(silent).__name__}") from silent
        if answer.is_success or answer.status_code == _NOT_READY:
            return answer
        raise NotSigned(_why(answer), f"signature API: {answer.status_code}")


def sent_back(error: str, description: str) -> NotSigned:
    """Why the app sent her back: all of these come as `access_denied`, and only the description tells them apart."""
    told = description.lower()
    if error in ("temporarily_unavailable", "server_error"):
        return NotSigned("unavailable", error)
    if error != "access_denied":
        return NotSigned("failed", error[:60])
    code: Code = "locked" if "locked" in told else "no_certificate" if "no signing certificate" in told else "declined"
    return NotSigned(code, error)


def data_of(digest: Digest) -> str:
    """SHA-256 goes bare; another digest as the DER of a DigestInfo, which says what it is."""
    if digest.algorithm == "sha256":
        return base64.b64encode(digest.value).decode()
    info = _DigestInfo({"digest_algorithm": {"algorithm": digest.algorithm}, "digest": digest.value})
    return base64.b64encode(info.dump()).decode()


def _why(answer: httpx.Response) -> Code:
    if answer.is_server_error:
        return "unavailable"
    try:
        state = msgspec.json.decode(answer.content, type=dict[str, str]).get("error", "")
    except NOT_JSON:
        return "failed"
    return "declined" if state == "DECLINED" else "too_late" if state == "EXPIRED" else "failed"


def _read(answer: httpx.Response, shape: Any) -> Any:
    try:
        return msgspec.json.decode(answer.content, type=shape)
    except NOT_JSON as wrong:
        raise NotSigned("failed", "the signature API's answer has not the agreed shape") from wrong
