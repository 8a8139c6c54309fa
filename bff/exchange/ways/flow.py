"""`flows/<id>.toml`: who moves what to whom, which way, what for and on which ground."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from bff.exchange.address import ServiceId
from life_events.terms import Text

FLOWS: Final = Path(__file__).with_name("flows")
PATH: Final = re.compile(r"[a-z_]+(\[\])?(\.[a-z_]+(\[\])?)*")
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]


class Way(StrEnum):
    """One body to one other; one to many; many to one; what was collected to many; fields of several sources."""

    SEND = "send"
    DISTRIBUTE = "distribute"
    COLLECT = "collect"
    COLLECT_AND_DISTRIBUTE = "collect_and_distribute"
    CUSTOM = "custom"


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field that may leave: `path` in what `source` told; `members[].birth_date` is that of each member."""

    name: str
    source: Code
    path: str


class Flow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`what`: which content the house makes. `ask`: which figure is asked of each. `to`: `wards`, all 23; `own_ward`,
    that of the official who starts it; `new_address`, the ward of that address in the application it rests on.

    `by_hand`: started by an official with one of `roles`. Up to `tries` times, after a pause of `pause` seconds that
    doubles; then the recipient is named as silent. `fields` and `procedures` are of a custom flow: nothing else
    leaves, and only for an application of one of these procedures; `told`: what she is told before she says yes.
    """

    id: Code
    name: str
    owner: str
    way: Way
    kind: Literal["message", "file"] = "message"
    purpose: Code
    basis: Code
    what: Code | Literal[""] = ""
    ask: Annotated[str, msgspec.Meta(pattern=r"^(/[a-z0-9_-]+)*$")] = ""
    to: Literal["wards", "own_ward", "new_address"]
    service: str
    schedule: Literal["by_hand", "daily", "monthly"] = "by_hand"
    roles: tuple[Literal["editor", "approver", "operator"], ...] = ("operator",)
    tries: Annotated[int, msgspec.Meta(ge=1, le=50)] = 8
    pause: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 30
    fields: tuple[Pick, ...] = ()
    procedures: tuple[str, ...] = ()
    told: Text | None = None

    @property
    def collects(self) -> bool:
        return self.way in (Way.COLLECT, Way.COLLECT_AND_DISTRIBUTE)

    def service_of(self, ward: str) -> ServiceId:
        return ServiceId.decode(self.service.replace("{ward}", ward))


class WrongFlow(ValueError):
    """A flow that does not hold together."""


@cache
def flows() -> Mapping[str, Flow]:
    """By id; raises `WrongFlow` or `msgspec.ValidationError`."""
    return {flow.id: flow for flow in map(flow_of, sorted(FLOWS.glob("*.toml")))}


def flow_of(path: Path) -> Flow:
    """Raises `WrongFlow` with everything that is wrong, `msgspec.ValidationError` for a shape that is."""
    flow = msgspec.toml.decode(path.read_bytes(), type=Flow)
    if wrong := [*_faults(flow), *([f"the file is called {path.stem}"] if flow.id != path.stem else [])]:
        raise WrongFlow(f"{path.name}: {'; '.join(wrong)}")
    return flow


def _faults(flow: Flow) -> list[str]:
    custom = flow.way is Way.CUSTOM
    wrong = [] if flow.collects == bool(flow.ask) else ["what is collected is asked for, and nothing else is"]
    if not custom == bool(flow.fields) == bool(flow.procedures) == bool(flow.told):
        wrong.append("fields, procedures and what she is told are those of a custom flow")
    if (flow.way in (Way.SEND, Way.DISTRIBUTE)) != bool(flow.what):
        wrong.append("what the house makes is sent or distributed")
    if (flow.to == "wards") != (flow.way in (Way.DISTRIBUTE, Way.COLLECT, Way.COLLECT_AND_DISTRIBUTE)):
        wrong.append("only many are all wards")
    if flow.to == "new_address" and not custom:
        wrong.append("only a custom flow rests on an application")
    if flow.schedule != "by_hand" and flow.to != "wards":
        wrong.append("what comes round by itself goes to all wards")
    wrong += [f"{pick.path} is no path" for pick in flow.fields if not PATH.fullmatch(pick.path)]
    try:
        flow.service_of("131032")
    except ValueError as error:
        wrong.append(str(error))
    return wrong
