"""Files a resident adds: looked at by what they are, made anew, sealed under her key. ADR 0031."""

from bff.uploads.binding import Bound, bind, bound
from bff.uploads.door import House, handed, uploads
from bff.uploads.store import Upload, forget_old, one

__all__ = ["Bound", "House", "Upload", "bind", "bound", "forget_old", "handed", "one", "uploads"]
