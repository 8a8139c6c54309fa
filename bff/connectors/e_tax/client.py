"""e-Tax: national tax returns are made on the tax agency's own site; it is not called."""

from __future__ import annotations

import httpx

from bff.connectors.manifest import manifest_of


class ETax:
    """Only its manifest is used: the link, and why it is not more than that."""

    manifest = manifest_of(__file__)

    def __init__(self, http: httpx.AsyncClient) -> None:
        """The client is not kept: nothing is asked."""
