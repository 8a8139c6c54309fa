"""The door for ward officials: server-rendered pages that work without JavaScript; htmx only keeps figures live."""

from bff.staff.door import routes
from bff.staff.house import House

__all__ = ["House", "routes"]
