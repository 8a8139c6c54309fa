"""Errors of the security servers themselves: JSON or XML by what is accepted, in the spelling of 7.7 or of 7.8."""

from __future__ import annotations

import re
import uuid
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape

from infra.sandbox.asgi import SAFE, Answer, json_answer
from infra.sandbox.exchange.protocol import ExchangeError


class Dialect(StrEnum):
    """The version from which on fault codes are spelt so."""

    OLD = "7.7"
    NEW = "7.8"


_XML: Final = {"application/xml": "application/xml", "text/xml": "text/xml", "text/*": "text/xml"}
_RENAMED: Final = {
    "global_conf_outdated": "OutdatedGlobalConf",
    "clientproxy": "ClientProxy",
    "serverproxy": "ServerProxy",
    "io_error": "IOError",
    "hsm_non_operational": "HSMNonOperational",
    "malformed_globalconf": "MalformedGlobalConf",
    "failed_to_generate_private_key": "FailedToGeneratePrivateKey",
    "hashchain_unused_inputs": "HashChainUnusedInputs",
    "token_readonly": "TokenReadOnly",
    "invalid_soapaction": "InvalidSoapAction",
}


def error_answer(error: ExchangeError, accept: str | None, dialect: Dialect) -> Answer:
    """Whatever the status, `X-Road-Error` alone says that no provider made this."""
    code = error.type if dialect is Dialect.NEW else old_code(error.type)
    detail, headers = str(uuid.uuid4()), [(b"x-road-error", code.encode()), *SAFE]
    kind = error_type(accept)
    if kind == "application/json":
        return json_answer(error.status, {"type": code, "message": error.message, "detail": detail}, headers)
    parts = {"type": code, "message": error.message, "detail": detail}
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items())
    body = f'<?xml version="1.0" encoding="utf-8"?><error>{inside}</error>'.encode()
    return Answer(error.status, body, [(b"content-type", kind.encode()), *headers])


def error_type(accept: str | None) -> str:
    """The first XML type that is listed wins, weights are not looked at; JSON in every other case."""
    for part in (accept or "").split(","):
        if xml := _XML.get(part.split(";")[0].strip().lower()):
            return f"{xml};charset=utf-8"
    return "application/json"


def old_code(code: str) -> str:
    """`server.serverproxy.access_denied` as it was spelt until 7.7: `Server.ServerProxy.AccessDenied`."""
    return ".".join(_RENAMED.get(part) or _camel(part) for part in code.split("."))


def _camel(part: str) -> str:
    return re.sub("(?:^|_)([a-z])", lambda letter: letter[1].upper(), part)
