"""The door for other bodies: wards and the nation ask or tell through the exchange, and each of it leaves a record.

It listens on a port of its own that only our security server can open (ADR 0016), never on the residents' origin.
"""

from bff.inlet.door import Inlet

__all__ = ["Inlet"]
