"""A connector's `manifest.toml`: who runs the service, where it is, why it may be asked, how long its facts keep."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import msgspec

from bff.exchange.address import ServiceId
from bff.exchange.patience import Patience
from bff.exchange.reading import Call, Reading
from bff.exchange.silence import Silent, Why
from life_events.terms import Text

Language = Literal["ja", "easy", "en"]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`service` is an X-Road service id in which `{ward}` stands for the asked ward's code; `keep_hours` 0: not kept.

    `purpose` and `basis` are codes of the exchange's texts. `interface` is the name under which a ward's own file
    (`life_events/data/wards`) says that it is served this way; empty for services that are not a ward's.
    """

    id: str
    operator: Literal["ward", "nation", "metropolis", "private"]
    service: str
    purpose: str
    basis: str
    keep_hours: int
    name: Text
    operator_name: Text
    patience: Patience
    interface: str = ""

    @property
    def keep(self) -> timedelta:
        return timedelta(hours=self.keep_hours)

    @property
    def needs_ward(self) -> bool:
        return "{ward}" in self.service

    def path(self, reading: Reading, rest: str) -> str:
        """The path of a call about the reading's subject; `Silent(not_asked)` when no ward can be asked for her."""
        ward = reading.subject.ward
        if self.needs_ward and not ward:
            raise Silent(self.id, Why.NOT_ASKED)
        return ServiceId.decode(self.service.replace("{ward}", ward or "")).path(rest)

    def call(self, *, repeatable: bool) -> Call:
        return Call(source=self.id, patience=self.patience, repeatable=repeatable)


def manifest_of(client_file: str) -> Manifest:
    """The manifest beside a connector's `client.py`; raises `msgspec.ValidationError` when it is not whole."""
    return msgspec.toml.decode(Path(client_file).with_name("manifest.toml").read_bytes(), type=Manifest)
