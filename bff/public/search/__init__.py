"""The phone's search (pwa/data/search.ts) on the server, for whoever asks without a script: the same index, the same
ranking. Each file here follows one there line by line, and `tests/public/test_same_search.py` holds both together."""

from bff.public.search.matching import said_of_elsewhere, search
from bff.public.search.preparing import Searcher, prepare

__all__ = ["Searcher", "prepare", "said_of_elsewhere", "search"]
