"""Owners that do something for a resident: each takes orders in once per key, and keeps them in memory."""

from infra.sandbox.acts.supply import supply_services
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock


def act_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    """`pace`: seconds between the states of an order; 0: none passes."""
    return {**supply_services(people, clock, pace)}
