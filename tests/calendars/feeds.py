"""A feed of Hana's, and what a calendar reads of it."""

from __future__ import annotations

from typing import Any

from tests.town import Person

MAKE = (
    "mutation($a: ID, $w: Boolean!) { makeFeed(about: $a, fullWords: $w) { __typename"
    " ... on CalendarAddress { url calendars { feeds { id about fullWords readAt } children { id name } } } } }"
)


async def makes(person: Person, about: str | None = None, *, full: bool = False) -> dict[str, Any]:
    told = await person.asks(MAKE, a=about, w=full)
    return dict(told["makeFeed"])


async def feed_of(person: Person) -> tuple[str, str]:
    """Its id, and the last part of its address."""
    made = await makes(person)
    return made["calendars"]["feeds"][0]["id"], made["url"].rpartition("/")[2]
