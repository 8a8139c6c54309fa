"""The door for ward officials: server-rendered pages that work without JavaScript; htmx only keeps figures live."""

from bff.staff.door import routes
from bff.staff.house import House
from bff.staff.mishaps import nowhere
from bff.staff.pages import Pages

__all__ = ["House", "Pages", "nowhere", "routes"]
