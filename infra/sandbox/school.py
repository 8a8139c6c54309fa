"""Schools and nurseries of a ward: which children of the person attend, and what is next."""

from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.ward import kept_by_the_ward


def school_services(people: People, clock: Clock) -> dict[Key, Service]:
    return {("EDU", "school", "pupils"): kept_by_the_ward("school", people, clock)}
