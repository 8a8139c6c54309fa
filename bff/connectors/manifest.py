"""A connector's `manifest.toml`: who runs the service, why it may be asked, what leaves and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from bff.exchange.address import ServiceId
from bff.exchange.patience import Patience
from bff.exchange.reading import Call, Reading
from bff.exchange.silence import Silent, Why
from life_events.terms import Text

Language = Literal["ja", "easy", "en"]
Exposure = Literal["home", "records", "act", "authorised", "link"]
Item = Literal["id", "name", "birth_date", "address"]
Confidence = Literal["A", "B", "C"]
Link = Annotated[str, msgspec.Meta(pattern=r"^https://")]


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law under which the owner may answer, how sure we are of the citation, and where it is from."""

    law: str
    confidence: Confidence
    source: str


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a field of the answer, or a list in it, is called on screen.

    `codes`: the words for its values when it is a code. `unit`: what a number counts; one whose field is called `yen`,
    or `…_yen`, is told in yen without it.
    """

    label: Text
    codes: Mapping[str, Text] = {}
    unit: Text | None = None


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`service` is an X-Road service id in which `{ward}` stands for the asked ward's code; `keep_hours` 0: not kept.

    `study_class`: how the study's table 2-3 puts the system (1 must, 2 should, 3 may be, 4 not connected); None: it
    does not name it. `exposure`: `home`, asked with home; `records`, asked when she wishes it; `act`, does something
    for her; `authorised`, only bodies that the law names may call it, on one of `bases`; `link`, not called at all.
    `sends`: what of the subject leaves the house. `is_public`: the owner has published the interface; what is spoken
    instead when not is said in `note`. `purpose` and `basis` are codes of the exchange's texts. `interface` is the
    name under which a ward's own file (`life_events/data/wards`) says that it is served this way; empty for services
    that are not a ward's. `stale_hours`: how long after their time facts are still shown when it is silent.
    `hidden`: fields of the answer that are kept and not shown. `of_wards`: services of single wards that are called
    otherwise; never in the file itself, but from an operator's table (`bff/connectors/addresses.py`).
    """

    id: str
    operator: Literal["ward", "nation", "metropolis", "private"]
    study_class: Literal[1, 2, 3, 4] | None = None
    exposure: Exposure
    service: str = ""
    purpose: str
    basis: str
    bases: tuple[str, ...] = ()
    keep_hours: int = 0
    stale_hours: int = 0
    sends: tuple[Item, ...] = ()
    is_public: bool
    note: Text
    legal: Basis
    name: Text
    operator_name: Text
    link: Link | None = None
    interface: str = ""
    shown: Mapping[str, Shown] = {}
    hidden: tuple[str, ...] = ()
    refusals: Mapping[str, Text] = {}
    of_wards: Mapping[str, str] = {}
    patience: Patience = Patience()

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
        return f"{_begun(self._service_in(ward or ''))}{rest}"

    def service_of(self, ward: str) -> ServiceId:
        """How the service is called in `ward`; '' when it is no ward's."""
        return ServiceId.decode(self._service_in(ward))

    def _service_in(self, ward: str) -> str:
        return self.of_wards.get(ward, self.service).replace("{ward}", ward)

    def call(self, *, repeatable: bool) -> Call:
        return Call(source=self.id, patience=self.patience, repeatable=repeatable, bases=frozenset(self.bases))


@lru_cache(1024)
def _begun(service: str) -> str:
    """How the paths of all calls to a service begin."""
    return ServiceId.decode(service).path()


def manifest_of(client_file: str) -> Manifest:
    """The manifest beside a connector's `client.py`; raises `msgspec.ValidationError` when it is not whole."""
    return msgspec.toml.decode(Path(client_file).with_name("manifest.toml").read_bytes(), type=Manifest)
