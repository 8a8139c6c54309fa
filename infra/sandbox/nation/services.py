"""The nation's services put together."""

from collections.abc import Mapping
from typing import Final

from infra.sandbox.nation.data import load_nation
from infra.sandbox.nation.network import network_services
from infra.sandbox.nation.notices import with_marks
from infra.sandbox.nation.portal import portal_services
from infra.sandbox.nation.registers import register_services
from infra.sandbox.nation.slips import slip_services
from infra.sandbox.nation.verifier import verifier_services
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock
from infra.sandbox.signing.operator import Operator

NOTICES: Final = ("GOV", "mynaportal", "notices")
LOCAL_TAX: Final = ("GOV", "local-tax", "payments")


def nation_services(
    people: People, clock: Clock, records: Mapping[Key, Service], operator: Operator
) -> dict[Key, Service]:
    """`records`: those that only tell; some of them do more here."""
    nation = load_nation()
    return {
        NOTICES: with_marks(records[NOTICES], clock),
        **portal_services(people, clock),
        **network_services(people, nation, clock),
        **register_services(people, nation, clock),
        **verifier_services(people, nation, clock, operator),
        **slip_services(records[LOCAL_TAX], nation, clock),
    }
