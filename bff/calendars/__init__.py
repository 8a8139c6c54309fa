"""Her dates as calendar files, and a feed she may revoke. ADR 0039."""

from bff.calendars.door import calendars

__all__ = ["calendars"]
