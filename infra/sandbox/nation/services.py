"""The nation's services put together."""

from collections.abc import Mapping
from typing import Final

from infra.sandbox.nation.notices import with_marks
from infra.sandbox.nation.portal import portal_services
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock

NOTICES: Final = ("GOV", "mynaportal", "notices")


def nation_services(people: People, clock: Clock, records: Mapping[Key, Service]) -> dict[Key, Service]:
    """`records`: those that only tell; some of them do more here."""
    return {NOTICES: with_marks(records[NOTICES], clock), **portal_services(people, clock)}
