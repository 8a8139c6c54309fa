"""The process that other bodies reach through our security server."""

from __future__ import annotations

import os

from litestar.types import ASGIApp

from bff import settings, tracing, wiring
from bff.guards import watched, with_headers
from bff.inlet.door import Inlet
from bff.watch import for_good


def create() -> ASGIApp:
    """For granian, from the environment."""
    chosen = settings.read(os.environ)
    running = chosen.running
    tracing.begin(running.traces, running.traces_share, part="inlet", version=chosen.version)
    house = wiring.build(chosen)
    answering = with_headers(Inlet(house), production=chosen.production)
    return for_good(watched(answering, house.process.lately, log_requests=running.log_requests))
