"""/staff/amounts: our figures for benefits beside OpenFisca-Japan's; read from what was kept, nobody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get

from bff.exchange.texts import why_text
from bff.facts import comparison
from bff.facts.comparison import Compared
from bff.staff.visit import Visiting
from bff.staff.words import word


@dataclass(frozen=True)
class Row:
    """One line of the table, in words."""

    compared: Compared
    household: str

    @property
    def benefit(self) -> str:
        return word("benefit", self.compared.benefit)

    @property
    def ours(self) -> str:
        return _yen(self.compared.ours)

    @property
    def theirs(self) -> str:
        return _yen(self.compared.theirs) if self.compared.heard_at else word("amounts", "no_answer")

    @property
    def mark(self) -> str:
        """differs, agrees, old (agrees or not, but not heard at the last try) or unheard."""
        if self.compared.heard_at is None:
            return "unheard"
        if self.compared.disagree:
            return "differs"
        return "old" if self.compared.silent else "agrees"

    @property
    def mark_text(self) -> str:
        return word("amount_mark", self.mark)

    @property
    def why(self) -> str:
        return why_text(self.compared.silent).ja if self.compared.silent else ""


@get("/amounts", act="amounts_read")
async def amounts(visit: Visiting) -> Response[str]:
    """Every ward sees the same: no person and no ward is in it."""
    async with visit.door() as conn:
        kept = await comparison.compared(conn)
    names = {typical.id: typical.name for typical in comparison.typical_households()}
    rows = [Row(one, names[one.household]) for one in kept if one.ours is not None or one.theirs or one.silent]
    heard: datetime | None = max((one.heard_at for one in kept if one.heard_at), default=None)
    return visit.show(
        "amounts.html",
        rows=rows,
        heard=heard,
        model=next((one.model for one in kept if one.model), ""),
        differing=sum(row.mark == "differs" for row in rows),
    )


def _yen(yen: int | None) -> str:
    return word("amounts", "nothing") if not yen else word("amounts", "yen", yen=f"{yen:,}")


HANDLERS = (amounts,)
