"""The only clients that leave the house beside the exchange's own pool: they reach configured origins and nobody else.

Whom we may ask is configuration; where that name leads is looked at when the connection is made, to the very address
that is then connected to, so that a name that changes its mind in between (DNS rebinding) leads nowhere. ADR 0031.
"""

from bff.outgoing.client import Outgoing
from bff.outgoing.places import NotAllowed, Places, origin_of, places
from bff.outgoing.resolving import resolver

__all__ = ["NotAllowed", "Outgoing", "Places", "origin_of", "places", "resolver"]
