"""What a security server tells of itself and its clients (X-Road PR-META and PR-MREST)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import ANY, Endpoints
from infra.sandbox.exchange.protocol import ExchangeError, Identifier
from infra.sandbox.exchange.topology import INSTANCE, name_of
from infra.sandbox.services import Service

LIST, ALLOWED, DESCRIBE = "listMethods", "allowedMethods", "getOpenAPI"
METASERVICES: Final = frozenset({LIST, ALLOWED, DESCRIBE})
_NAMESPACES: Final = 'xmlns:xroad="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"'
_PARTS: Final = ("xroad_instance", "member_class", "member_code", "subsystem_code", "service_code")
_ELEMENTS: Final = ("xRoadInstance", "memberClass", "memberCode", "subsystemCode")


def list_clients(target: str, accept: str | None, subsystems: Iterable[Identifier]) -> Answer:
    """Members and subsystems; JSON only when it is asked for by name."""
    instance = dict(parse_qsl(urlsplit(target).query)).get("xRoadInstance") or INSTANCE
    if instance != INSTANCE:
        raise ExchangeError("server.clientproxy.internal_error", f"there is no configuration of {instance}")
    known = sorted({*subsystems, *(one[:3] for one in subsystems)})
    if any(part.split(";")[0].strip().lower() == "application/json" for part in (accept or "").split(",")):
        members = [{"id": _id(one, _kind(one)), "name": name_of(one)} for one in known]
        content = msgspec.json.encode({"member": members})
        return Answer(200, content, [(b"content-type", b"application/json;charset=utf-8")])
    body = "".join(_client(one) for one in known)
    document = f'<?xml version="1.0" encoding="UTF-8"?><xroad:clientList {_NAMESPACES}>{body}</xroad:clientList>'
    return Answer(200, document.encode(), [(b"content-type", b"text/xml;charset=utf-8")])


def list_services(provider: Identifier, services: Mapping[str, tuple[Service, Endpoints]]) -> Answer:
    """The root is `service`, as the code of X-Road has it; its documents say `member`."""
    told = [
        {
            **_id((*provider, code), "SERVICE"),
            "service_type": service.kind,
            "endpoint_list": [one._asdict() for one in granted.each],
        }
        for code, (service, granted) in sorted(services.items())
        if service.kind != "WSDL"
    ]
    return json_answer(200, {"service": told})


def describe(target: str, services: Mapping[str, Service]) -> Answer:
    """The OpenAPI description of one service; of its servers' addresses only the path is left."""
    wanted = {name.lower(): value for name, value in parse_qsl(urlsplit(target).query)}.get("servicecode")
    if not wanted:
        raise ExchangeError("server.serverproxy.invalid_request", "serviceCode is missing")
    service = services.get(wanted)
    if service is None:
        raise ExchangeError("server.serverproxy.internal_error", f"no service {wanted}")
    if service.kind != "OPENAPI":
        raise ExchangeError("server.serverproxy.internal_error", f"a service of type {service.kind} has none")
    return json_answer(200, _description(wanted, service))


def _description(code: str, service: Service) -> dict[str, object]:
    paths: dict[str, dict[str, object]] = {}
    each = service.grants.each if isinstance(service.grants, Endpoints) else ()
    for method, path in each:
        for verb in ("get", "post") if method == ANY else (method.lower(),):
            paths.setdefault(path, {})[verb] = {"responses": {"200": {"description": "as agreed with the owner"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": code, "version": "1"},
        "servers": [{"url": urlsplit(f"https://{code}.internal.example/").path}],
        "paths": paths,
    }


def _id(parts: Identifier, kind: str) -> dict[str, str]:
    return {**dict(zip(_PARTS, parts, strict=False)), "object_type": kind}


def _kind(identifier: Identifier) -> str:
    return "SUBSYSTEM" if len(identifier) == 4 else "MEMBER"


def _client(identifier: Identifier) -> str:
    inside = "".join(
        f"<id:{name}>{escape(part)}</id:{name}>" for name, part in zip(_ELEMENTS, identifier, strict=False)
    )
    name = escape(name_of(identifier))
    return (
        f'<xroad:member><xroad:id id:objectType="{_kind(identifier)}">{inside}</xroad:id>'
        f"<xroad:name>{name}</xroad:name></xroad:member>"
    )
