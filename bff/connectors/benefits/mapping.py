"""A household into a situation of OpenFisca-Japan, and its answer into `Benefits`.

It reckons a household's sum, not a child's. So it is given the household once for each child, with that child the
youngest: a child's place depends on its elders only, and the difference of two sums is what that child adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

import httpx
from msgspec import Meta, Struct, field

from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why
from life_events.benefits import Benefit, BenefitName, Benefits
from life_events.facts import Household, Member

MOST_CHILDREN = 20
MOST_PARENTS = 2
PREFECTURE = "東京都"
VARIABLES: dict[str, BenefitName] = {
    "児童手当": "jido_teate",
    "児童扶養手当_最大": "jido_fuyo_teate",
    "児童育成手当": "jido_ikusei_teate",
}
_Yen = Annotated[float, Meta(ge=0, le=10_000_000)]
_ByDay = Annotated[dict[str, _Yen], Meta(min_length=1, max_length=1)]


class _Sums(Struct, frozen=True):
    jido_teate: _ByDay = field(name="児童手当")
    jido_fuyo_teate: _ByDay = field(name="児童扶養手当_最大")
    jido_ikusei_teate: _ByDay = field(name="児童育成手当")


class _Answer(Struct, frozen=True):
    households: Annotated[dict[str, _Sums], Meta(max_length=MOST_CHILDREN)] = field(name="世帯一覧")


def situation(household: Household, on: date) -> dict[str, Any]:
    """The body of /calculate: how many parents, the children's birth dates, the day, and nothing that names anybody."""
    children = _children(household)
    parents = [f"a{number}" for number in range(_parents(household))]
    persons: dict[str, Any] = {}
    households: dict[str, Any] = {}
    for name, upto in _households(children):
        persons |= {f"{name}{parent}": {} for parent in parents}
        born = {f"{name}c{place}": child.birth_date for place, child in enumerate(upto)}
        persons |= {id: {"誕生年月日": {"ETERNITY": day.isoformat()}} for id, day in born.items()}
        households[name] = {
            "親一覧": [f"{name}{parent}" for parent in parents],
            "子一覧": list(born),
            "居住都道府県": {on.isoformat(): PREFECTURE},
            **{variable: {on.isoformat(): None} for variable in VARIABLES},
        }
    return {"世帯員": persons, "世帯一覧": households}


def benefits(answer: httpx.Response, household: Household, on: date, source: str) -> Benefits:
    """Wrong are: other households or days than those asked, parts of a yen, a child that makes the sum smaller."""
    wire = told(answer, _Answer, source)
    children = _children(household)
    names = [name for name, _ in _households(children)]
    if sorted(wire.households) != sorted(names):
        raise Silent(source, Why.WRONG_ANSWER)
    monthly: list[Benefit] = []
    for benefit in VARIABLES.values():
        sums = [0.0, *(_on(getattr(wire.households[name], benefit), on, source) for name in names)]
        for child, (before, after) in zip(children, pairwise(sums), strict=True):
            if after < before or not after.is_integer():
                raise Silent(source, Why.WRONG_ANSWER)
            monthly.append(Benefit(child.person, benefit, int(after - before)))
    return Benefits(on=on, model=_model(answer), monthly=tuple(monthly))


def _children(household: Household) -> list[Member]:
    """The eldest first."""
    children = [member for member in household.members if member.relation == "child"]
    return sorted(children, key=lambda child: (child.birth_date, child.person))[:MOST_CHILDREN]


def _parents(household: Household) -> int:
    """The head and the spouse; a household told without a head has one all the same."""
    return min(MOST_PARENTS, max(1, sum(member.relation in ("head", "spouse") for member in household.members)))


def _households(children: list[Member]) -> Iterator[tuple[str, list[Member]]]:
    return ((f"h{number}", children[:number]) for number in range(1, len(children) + 1))


def _on(sums: dict[str, float], on: date, source: str) -> float:
    if on.isoformat() not in sums:
        raise Silent(source, Why.WRONG_ANSWER)
    return sums[on.isoformat()]


def _model(answer: httpx.Response) -> str:
    name, version = (answer.headers.get(header, "") for header in ("country-package", "country-package-version"))
    return f"{name} {version}".strip()[:60]
