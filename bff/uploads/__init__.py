"""Files a resident adds: looked at by what they are, made anew, sealed under her key. ADR 0031."""

from bff.uploads.binding import MOST_PAPERS, Bound, bind, bound, looked_at, taken
from bff.uploads.door import AT_ONCE, House, handed, uploads
from bff.uploads.store import Upload, forget_old, one

__all__ = [
    "AT_ONCE",
    "MOST_PAPERS",
    "Bound",
    "House",
    "Upload",
    "bind",
    "bound",
    "forget_old",
    "handed",
    "looked_at",
    "one",
    "taken",
    "uploads",
]
