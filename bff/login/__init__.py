"""The door for browsers that come to log in: residents by card, officials by their ward's realm."""

from bff.login.door import routes
from bff.login.house import House

__all__ = ["House", "routes"]
