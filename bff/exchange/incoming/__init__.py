"""What others may ask of us through the exchange: each service a manifest that says who may call it, and why."""

from bff.exchange.incoming.manifest import Callers, Incoming, manifests, named

__all__ = ["Callers", "Incoming", "manifests", "named"]
