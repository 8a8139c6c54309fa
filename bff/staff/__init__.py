"""The door for ward officials: server-rendered pages that work without JavaScript; htmx only keeps figures live."""

from bff.staff.door import routes
from bff.staff.house import House
from bff.staff.mishaps import not_by_address, nowhere
from bff.staff.pages import Pages

__all__ = ["House", "Pages", "not_by_address", "nowhere", "routes"]
