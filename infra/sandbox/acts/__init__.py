"""Owners that do something for a resident: each takes orders in once per key, and keeps them in memory."""

from infra.sandbox.acts.broadcast import broadcast_services
from infra.sandbox.acts.clinics import clinic_services
from infra.sandbox.acts.forwarding import forwarding_services
from infra.sandbox.acts.moving import moving_services
from infra.sandbox.acts.nursery import nursery_services
from infra.sandbox.acts.shared import shared_services
from infra.sandbox.acts.supply import supply_services
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock


def act_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    """`pace`: seconds between the states of an order; 0: none passes."""
    return {
        **supply_services(people, clock, pace),
        **broadcast_services(people, clock, pace),
        **forwarding_services(people, clock, pace),
        **moving_services(people, clock, pace),
        **nursery_services(people, clock, pace),
        **clinic_services(clock, pace),
        **shared_services(clock),
    }
