"""What went wrong, in words for everybody: written by whoever runs the services, shown at `/status`."""

from bff.incidents.store import KEPT, MOST_SHOWN, Incident, begin, end, of_late, one

__all__ = ["KEPT", "MOST_SHOWN", "Incident", "begin", "end", "of_late", "one"]
