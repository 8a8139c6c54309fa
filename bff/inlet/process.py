"""The process that other bodies reach through our security server."""

from __future__ import annotations

import os

from litestar.types import ASGIApp

from bff import settings, wiring
from bff.guards import with_headers
from bff.inlet.door import Inlet
from bff.watch import for_good


def create() -> ASGIApp:
    """For granian, from the environment."""
    chosen = settings.read(os.environ)
    return for_good(with_headers(Inlet(wiring.build(chosen)), production=chosen.production))
