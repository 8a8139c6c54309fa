"""From the national profile's answer to a `NationalProfile`."""

from __future__ import annotations

from datetime import date

import httpx
import msgspec

from bff.connectors.bounds import Line
from bff.exchange.answer import told
from life_events.facts import NationalProfile, Pension


class _Profile(msgspec.Struct, frozen=True):
    name: Line
    birth_date: date
    address: Line
    pension: Pension
    public_account: bool
    public_servant: bool
    signing_certificate_until: date | None


def profile(answer: httpx.Response, source: str) -> NationalProfile:
    wire = told(answer, _Profile, source)
    return NationalProfile(
        name=wire.name,
        birth_date=wire.birth_date,
        address=wire.address,
        pension=wire.pension,
        public_account=wire.public_account,
        public_servant=wire.public_servant,
        signing_certificate_until=wire.signing_certificate_until,
    )
