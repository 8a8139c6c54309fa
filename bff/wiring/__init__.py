"""The one composition root: every room's needs are met here, and nowhere else."""

from bff.wiring.building import build
from bff.wiring.house import House
from bff.wiring.identity import client_keys_of, providers_of
from bff.wiring.parts import addresses_of, catalogue_of, now, seal_of

__all__ = ["House", "addresses_of", "build", "catalogue_of", "client_keys_of", "now", "providers_of", "seal_of"]
