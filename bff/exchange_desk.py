"""`python -m bff exchange clients | methods | describe | check`: what our security server tells an operator."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from bff import settings, wiring
from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.exchange.address import ClientId, ServiceId
from bff.exchange.lean.pool import Pool
from bff.exchange.metaservices import Metaservices, NotTold, Offered
from bff.exchange.under import mutual_tls
from bff.settings import Settings

AT_ONCE: Final = 8


def main(arguments: list[str]) -> int:
    """The exit status: 0 told, 1 a service that a connector calls is not granted to us, 3 the exchange told nothing."""
    parser = argparse.ArgumentParser(prog="python -m bff exchange", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("clients", help="who is a member")
    methods = acts.add_parser("methods", help="what a subsystem offers, and whether we may call it")
    methods.add_argument("subsystem", help="INSTANCE/CLASS/MEMBER/SUBSYSTEM, or a service of it")
    describe = acts.add_parser("describe", help="the OpenAPI description of a service")
    describe.add_argument("service", help="INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE")
    acts.add_parser("check", help="for each connector: may we call what it calls?")
    chosen, asked = settings.read(os.environ), parser.parse_args(arguments)
    try:
        return asyncio.run(_answered(chosen, asked))
    except (NotTold, ValueError) as refused:
        print(f"kurashimado: {refused}", file=sys.stderr)
        return 3


async def _answered(chosen: Settings, asked: argparse.Namespace) -> int:
    pool = Pool(mutual_tls(chosen))
    exchange = Metaservices(pool, chosen.exchange_url, ClientId.decode(chosen.exchange_client), uuid4)
    try:
        match asked.act:
            case "clients":
                print(_table((one.id, one.name) for one in await exchange.clients()))
            case "methods":
                print(_table(await _methods(exchange, asked.subsystem)))
            case "describe":
                print((await exchange.description(_service(asked.service))).decode("utf-8", "replace"))
            case _:
                return await _checked(exchange, chosen)
    finally:
        await pool.aclose()
    return 0


def _service(text: str) -> ServiceId:
    """Raises `ValueError`, which says what to ask instead."""
    try:
        return ServiceId.decode(text)
    except ValueError as wrong:
        raise ValueError(f"{wrong}; the services of a subsystem are told by `methods`") from wrong


async def _methods(exchange: Metaservices, text: str) -> Sequence[tuple[str, ...]]:
    service = ServiceId.decode(text) if text.count("/") == 4 else None  # noqa: PLR2004 - five parts
    provider = service.provider if service else ClientId.decode(text)
    allowed = {one.id for one in await exchange.allowed(provider)}
    offered = [one for one in await exchange.offered(provider) if service in (None, one.id)]
    return [(str(one.id), one.kind, "ours" if one.id in allowed else "not ours", _endpoints(one)) for one in offered]


@dataclass(frozen=True)
class Wanted:
    """What a connector calls: the services by the ward that is asked, '' where it is none."""

    connector: str
    services: Mapping[str, ServiceId]


async def _checked(exchange: Metaservices, chosen: Settings) -> int:
    wanted = _wanted(chosen)
    providers = {service.provider for one in wanted for service in one.services.values()}
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(provider: ClientId) -> tuple[ClientId, Mapping[ServiceId, Offered] | str]:
        async with turns:
            try:
                return provider, {one.id: one for one in await exchange.allowed(provider)}
            except NotTold as refused:
                return provider, str(refused)

    told = dict(await asyncio.gather(*(ask(provider) for provider in providers)))
    if told and all(isinstance(answer, str) for answer in told.values()):
        raise NotTold("; ".join(sorted({str(answer) for answer in told.values()})))
    rows = [row for one in wanted for row in _rows(one, told)]
    print(_table(rows))
    return 0 if all(row[1] == "may be called" for row in rows) else 1


def _wanted(chosen: Settings) -> Sequence[Wanted]:
    addressed, wards = wiring.addresses_of(chosen), wiring.catalogue_of(chosen).wards.values()
    called = [addressed(one) for one in manifests().values() if _is_called(one, chosen)]
    return [
        Wanted(one.id, {ward: one.service_of(ward) for ward in _asked(one, ((w.code, w.interface) for w in wards))})
        for one in called
    ]


def _is_called(manifest: Manifest, chosen: Settings) -> bool:
    """A port of authorised bodies only where an operator has opened it."""
    shut = manifest.exposure == "authorised" and manifest.id not in chosen.authorised_ports
    return bool(manifest.service) and not manifest.service.startswith("own/") and not shut


def _asked(manifest: Manifest, wards: Iterable[tuple[str, str]]) -> Sequence[str]:
    if not manifest.needs_ward:
        return [""]
    return [code for code, interface in wards if interface == manifest.interface]


def _rows(
    wanted: Wanted, told: Mapping[ClientId, Mapping[ServiceId, Offered] | str]
) -> Sequence[tuple[str, str, str, str]]:
    """One row for all that may be called, and one for each that may not."""
    may: list[Offered] = []
    refused: list[tuple[str, str, str, str]] = []
    for service in wanted.services.values():
        answer = told[service.provider]
        if isinstance(answer, str):
            refused.append((wanted.connector, "not told", str(service), answer))
        elif service not in answer:
            refused.append((wanted.connector, "not granted", str(service), ""))
        else:
            may.append(answer[service])
    if not may:
        return refused
    shown = str(may[0].id) if len(may) == 1 else f"{may[0].id} and {len(may) - 1} more"
    return [(wanted.connector, "may be called", shown, _endpoints(may[0])), *refused]


def _endpoints(offered: Offered) -> str:
    return ", ".join(f"{one.method} {one.path}" for one in offered.endpoints)


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )
