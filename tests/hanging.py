"""The doors of this process, hung once: to look through three hundred routes anew takes longer than most tests; what
stands behind them is changed for each town."""

from __future__ import annotations

from typing import Any, cast

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from bff.app import doors
from bff.guards import Gate
from bff.settings import Settings
from bff.wiring import House


class Behind:
    """A house to the rooms that hang their doors, and then whichever house is there."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.looked_at: dict[str, object] = {}
        self.house: Any = None
        self._settings, self._is_hung = settings, False

    def hung(self) -> None:
        self._is_hung = True

    def __getattr__(self, name: str) -> Any:
        if self._is_hung:
            return getattr(self.house, name)
        if name != "settings" or self._settings is None:
            raise AssertionError(f"house.{name} is looked at while the doors are hung, not when somebody comes")
        return _Noted(self._settings, self.looked_at)


class _Noted:
    """Settings; what was looked at is kept."""

    def __init__(self, settings: Settings, looked_at: dict[str, object]) -> None:
        self._settings, self._looked_at = settings, looked_at

    def __getattr__(self, name: str) -> Any:
        self._looked_at[name] = getattr(self._settings, name)
        return self._looked_at[name]


class BehindGate(Gate):
    def __init__(self) -> None:
        self.gate: Gate | None = None

    async def admit(self, connection: ASGIConnection[Any, Any, Any, Any], route: BaseRouteHandler) -> None:
        assert self.gate is not None
        await self.gate.admit(connection, route)


class Doors:
    """Fit for every house whose settings are the same where they were looked at."""

    def __init__(self, settings: Settings) -> None:
        self._house, self._gate = Behind(settings), BehindGate()
        self._app: Litestar = doors(cast(House, self._house), self._gate)
        self._house.hung()

    def fit(self, settings: Settings) -> bool:
        return all(getattr(settings, name) == value for name, value in self._house.looked_at.items())

    @property
    def free(self) -> bool:
        return self._house.house is None

    def open(self, house: House, gate: Gate) -> ASGIApp:
        self._house.house, self._gate.gate = house, gate

        async def while_it_stands(scope: Scope, receive: Receive, send: Send) -> None:
            assert self._house.house is house, "this house is closed"
            await self._app(scope, receive, send)

        return while_it_stands

    def close(self) -> None:
        self._house.house = self._gate.gate = None


_hung: list[Doors] = []


def hung_for(house: House) -> Doors:
    """Doors that nobody else has just now."""
    fit = [one for one in _hung if one.free and one.fit(house.settings)]
    if not fit:
        fit = [Doors(house.settings)]
        _hung.extend(fit)
    return fit[0]
