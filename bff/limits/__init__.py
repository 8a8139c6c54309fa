"""How often one may try: by account and by address, counted in the database for all web processes together.

    await house.limits.take("code", account=resident.id, address=address)

raises `bff.errors.TooManyTries`. What each kind of try allows stands in `kinds.toml`.
"""

from bff.limits.address import address_of
from bff.limits.limits import Limits
from bff.limits.marks import forget_old

__all__ = ["Limits", "address_of", "forget_old"]
