"""How often one may try: by account and by address, counted in the database for all web processes together.

    await house.limits.take("code", account=resident.id, address=address)

raises `bff.errors.TooManyTries`. What each kind of try allows stands in `kinds.toml`. `house.limits.crowd` is how many
are answered at once in this process, and who waits when it is full (`waits.toml`).
"""

from bff.limits.address import address_of
from bff.limits.crowd import Crowd, Room
from bff.limits.limits import Limits
from bff.limits.marks import forget_old
from bff.limits.ranks import rank_at, rank_of
from bff.limits.shared import Shared

__all__ = ["Crowd", "Limits", "Room", "Shared", "address_of", "forget_old", "rank_at", "rank_of"]
