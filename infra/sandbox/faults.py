"""One switch a service: how it misbehaves, set by hand on a page or by a test."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, assert_never

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.settings import Clock

BESIDE: Final = ("benefits", "card", "identity", "mail", "outside_ids", "push", "signing", "sms", "time_stamps")
"""What can misbehave without being a service of the exchange."""
SILENT_SECONDS: Final = 60.0
SLOW_SECONDS: Final = 2.0
GARBAGE: Final = {"unexpected": ["これはこの窓口の答えではありません", 1]}


class Mode(StrEnum):
    OK = "ok"
    SILENT = "silent"
    ERROR = "error"
    SLOW = "slow"
    GARBAGE = "garbage"


class Change(msgspec.Struct, frozen=True):
    """The body of POST /_faults/{service}."""

    mode: Mode


class Faults:
    """Which service misbehaves how; every one starts `ok`. `services`: the switches that the exchange's hang on."""

    def __init__(self, clock: Clock, services: Iterable[str]) -> None:
        self._clock = clock
        self._modes: dict[str, Mode] = dict.fromkeys((*services, *BESIDE), Mode.OK)

    def all(self) -> dict[str, str]:
        return {service: mode.value for service, mode in self._modes.items()}

    def mode(self, service: str) -> Mode:
        return self._modes[service]

    def switch(self, service: str, mode: Mode) -> None:
        """Raises KeyError for a service there is none of."""
        if service not in self._modes:
            raise KeyError(service)
        self._modes[service] = mode

    async def before(self, service: str) -> Answer | None:
        """Waits as long as the switch says; an answer here replaces the true one, None lets it through."""
        mode = self._modes[service]
        match mode:
            case Mode.OK:
                return None
            case Mode.SLOW:
                await self._clock.sleep(SLOW_SECONDS)
                return None
            case Mode.SILENT:
                await self._clock.sleep(SILENT_SECONDS)
                return json_answer(503, {"code": "unavailable"})
            case Mode.ERROR:
                return json_answer(503, {"code": "unavailable"})
            case Mode.GARBAGE:
                return json_answer(200, GARBAGE)
        assert_never(mode)
