"""OpenFisca-Japan's web API as far as it is asked: the same words and shapes, and one plain rule for each benefit.

For tests of the wire alone; the true process is `infra/benefits`.
"""

from datetime import date
from typing import Annotated, Final

import msgspec
from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct, field

from infra.sandbox.faults import Faults
from infra.sandbox.pages import Asked

ADULT_GRADE: Final = 12
VERSION: Final = {"Country-Package": "openfisca-japan", "Country-Package-Version": "stand-in"}
FIRST, NEXT = 46690, 11030


class _Person(Struct, frozen=True):
    born: dict[str, date] = field(default_factory=dict, name="誕生年月日")


class _Household(Struct, frozen=True):
    parents: Annotated[list[str], Meta(min_length=1, max_length=2)] = field(name="親一覧")
    children: list[str] = field(name="子一覧")
    prefecture: dict[date, str] = field(name="居住都道府県")


class _Situation(Struct, frozen=True):
    persons: dict[str, _Person] = field(name="世帯員")
    households: dict[str, _Household] = field(name="世帯一覧")


def reckoner(faults: Faults) -> list[HTTPRouteHandler]:
    @post("/openfisca/calculate", status_code=200)
    async def calculate(request: Asked) -> Response[object]:
        body = await request.body()
        instead = await faults.before("benefits")
        if instead is not None:
            return Response(instead.body, status_code=instead.status, media_type="application/json")
        try:
            situation = msgspec.json.decode(body, type=_Situation)
            told = {name: _sums(situation, one) for name, one in situation.households.items()}
        except (msgspec.MsgspecError, KeyError, StopIteration) as wrong:
            return Response({"error": str(wrong)}, status_code=400, headers=VERSION)
        return Response({"世帯員": {}, "世帯一覧": told}, headers=VERSION)

    return [calculate]


def _sums(situation: _Situation, household: _Household) -> dict[str, object]:
    on = next(iter(household.prefecture))
    births = sorted(situation.persons[child].born["ETERNITY"] for child in household.children)
    young = [born for born in births if _grade(born, on) <= ADULT_GRADE]
    alone = len(household.parents) == 1 and bool(young)
    sums = {
        "児童手当": sum(_allowance(place, born, on) for place, born in enumerate(births)),
        "児童扶養手当_最大": FIRST + NEXT * (len(young) - 1) if alone else 0,
        "児童育成手当": 13500 * len(young) if alone else 0,
    }
    return {name: {on.isoformat(): float(yen)} for name, yen in sums.items()}


def _allowance(place: int, born: date, on: date) -> int:
    if _grade(born, on) > ADULT_GRADE:
        return 0
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return 30000 if place > 1 else 15000 if age < 3 else 10000


def _grade(born: date, on: date) -> int:
    """1 is the first year of primary school; the school year begins with April, and so does a birth on 2 April."""
    early = (born.month, born.day) <= (4, 1)
    return on.year - born.year + early + (on.month >= 4) - 7
