"""Doors remember nothing: what one visitor left would stand there for the next, and for the next house."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import FunctionType, MethodType
from typing import cast

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from bff.app import doors
from bff.effect import effect
from bff.settings import Settings
from bff.wiring import House
from tests.hanging import Behind
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ_ONCE = {"files", "documents", "doors", "names"}
"""What a door read when it was hung, by the names it has there: the built app, its documents and their names."""


def remembered(way: object) -> Iterator[tuple[str, object]]:
    """What a function and those within it hold on to."""
    if isinstance(way, MethodType):
        way = way.__func__
    if isinstance(way, FunctionType):
        for name, cell in zip(way.__code__.co_freevars, way.__closure__ or (), strict=True):
            yield name, cell.cell_contents
            yield from remembered(cell.cell_contents)


async def test_no_door_keeps_what_changes(one_town: Town) -> None:
    routes = [route for route in doors(one_town.house, one_town.gate).routes if isinstance(route, HTTPRoute)]
    ways: list[object] = []
    for handler in [handler for route in routes for handler in route.route_handlers]:
        assert isinstance(handler, HTTPRouteHandler)
        ways += [handler.fn, *(needed.dependency for needed in handler.resolve_dependencies().values())]
    held = [pair for way in ways for pair in remembered(way)]
    assert {type(value).__name__ for _, value in held} >= {"House", "Pages", "function"}
    changes = dict | list | set | asyncio.Lock | asyncio.Semaphore
    assert {name for name, value in held if isinstance(value, changes)} == READ_ONCE


async def test_a_door_that_looks_at_its_house_too_early_is_told_so(one_town: Town) -> None:
    behind = Behind(one_town.settings)
    with pytest.raises(AssertionError, match=r"house\.catalogue is looked at while the doors are hung"):
        _ = behind.catalogue
    effect(cast(House, behind))
    assert behind.looked_at == {}
    behind.hung()
    behind.house = one_town.house
    assert isinstance(behind.settings, Settings)
