"""Files a resident adds: looked at by what they are, made anew, sealed under her key. ADR 0031."""

from bff.uploads.door import House, uploads
from bff.uploads.store import forget_old

__all__ = ["House", "forget_old", "uploads"]
