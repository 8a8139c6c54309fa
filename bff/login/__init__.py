"""The door for browsers that come to log in: residents by card, officials by their ward's realm."""

from bff.login.door import routes
from bff.login.house import House
from bff.login.waiting import wait_page

__all__ = ["House", "routes", "wait_page"]
