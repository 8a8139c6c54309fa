"""What a calculation says of benefits; it keeps a record of nobody."""

from datetime import date
from typing import Literal

from msgspec import Struct

BenefitName = Literal["jido_teate", "jido_fuyo_teate", "jido_ikusei_teate"]


class Benefit(Struct, frozen=True):
    """What a calculation says of one child: yen a month, nobody's income known."""

    person: str
    name: BenefitName
    yen: int


class Benefits(Struct, frozen=True):
    """Source `benefits`: reckoned from birth dates and relations for the day `on`; no record of anybody.

    `model`: the version of the law as code that reckoned, empty: it did not say.
    """

    on: date
    monthly: tuple[Benefit, ...] = ()
    model: str = ""

    def yen(self, name: BenefitName, person: str, month: date) -> int | None:
        """None: nothing was reckoned for this child in the month of that day."""
        if (self.on.year, self.on.month) != (month.year, month.month):
            return None
        return next((one.yen for one in self.monthly if one.person == person and one.name == name), None)
