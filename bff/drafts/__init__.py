"""A draft on its way from one of her phones to another: sealed before it comes, kept minutes, told once. ADR 0035."""

from bff.drafts.door import carrying
from bff.drafts.store import forget_old

__all__ = ["carrying", "forget_old"]
