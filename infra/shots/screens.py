"""Which screens there are, and how to come to each.

The rooms of the residents' app are read from `pwa/screens/rooms.tsx` itself: one that is not in `SCREENS` is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

APP = Path("pwa/screens/rooms.tsx")
RESIDENT, NOBODY, OFFICIAL = "resident", "nobody", "official"


@dataclass(frozen=True)
class Screen:
    """`path`: where it lies. `link`: it has no fixed address; the first link there that begins so leads to it.

    `after`: a selector to press before it is pictured. `first`: what she must have done (`content.py`)."""

    name: str
    path: str
    link: str = ""
    who: str = RESIDENT
    after: str = ""
    first: str = ""


def _listed(where: str, *paths: str) -> tuple[Screen, ...]:
    return tuple(Screen(_name(path, where), path, who=where) for path in paths)


def _name(path: str, where: str) -> str:
    bare = re.sub(r"[^a-z0-9]+", "-", path.split("?", maxsplit=1)[0].lower()).strip("-") or "home"
    return bare if where == RESIDENT else f"{where}-{bare}"


SCREENS: tuple[Screen, ...] = (
    *_listed(
        RESIDENT,
        "/", "/account", "/addresses", "/answers", "/applications", "/benefits", "/bookings", "/calendars",
        "/carry", "/code", "/components", "/consents", "/copy", "/devices", "/documents", "/emergency", "/events",
        "/facilities", "/family", "/finish-login", "/handed-over", "/help-offline", "/inbox", "/install", "/links",
        "/moving/difference", "/moving/sheet", "/partners", "/parts", "/payments", "/readings", "/records", "/scan",
        "/school", "/search", "/settings", "/shared", "/storage", "/task", "/verify", "/wallet", "/no-such-place",
    ),
    Screen("home-sources", "/", after="details.sources > summary"),
    Screen("step", "/", link="/step/"),
    Screen("apply", "/apply/child_allowance_change:m-1004"),
    Screen("apply-wrong", "/apply/child_allowance_change:m-1004", after="main form button.button:not([data-kind])"),
    Screen("together", "/", link="/together/"),
    Screen("notice", "/inbox", link="/inbox/"),
    Screen("carry-step", "/carry/child_allowance_change:m-1004"),
    Screen("family-one", "/family", link="/family/"),
    Screen("school-one", "/school", link="/school/"),
    Screen("payment", "/payments", link="/payments/"),
    Screen("facility", "/facilities", link="/facilities/"),
    Screen("booking", "/bookings", link="/bookings/"),
    Screen("document", "/documents", link="/documents/"),
    Screen("wallet-one", "/wallet", link="/wallet/"),
    Screen("parts-step", "/parts/child_allowance_change:m-1004"),
    Screen("procedure", "/search?q=児童手当", link="/procedure/"),
    Screen("event", "/events", link="/events/"),
    Screen("folders", "/applications", link="/folders/", first="files a form"),
    Screen("application", "/applications", link="/applications/", first="files a form"),
    Screen("settings-leaving", "/settings", after="section[aria-labelledby=logout] button"),
    *_listed(NOBODY, "/", "/search", "/events", "/facilities", "/verify", "/open/", "/help-offline", "/components"),
    Screen("nobody-procedure", "/search?q=児童手当", link="/procedure/", who=NOBODY),
    *_listed(
        OFFICIAL,
        "/staff", "/staff/broadcasts/new", "/staff/templates/new", "/staff/audiences", "/staff/lists", "/staff/mail",
        "/staff/reach", "/staff/amounts", "/staff/me", "/staff/facilities", "/staff/effect",
    ),
)  # fmt: skip


def rooms(app: str) -> set[str]:
    """The first part of every address that the app's own router knows, by its source."""
    found = re.findall(r"case '([a-z-]*)'|room === '([a-z-]+)'", app)
    return {fixed or with_id or "home" for fixed, with_id in found}


def unpictured(app: str) -> set[str]:
    """Rooms of the app that no screen here comes to."""
    return rooms(app) - {_room(part) for screen in SCREENS for part in (screen.path, screen.link) if part}


def _room(path: str) -> str:
    return re.split(r"[/?]", path.lstrip("/"), maxsplit=1)[0] or "home"
