"""The procedures the sheet of facts numbers: every one of them has to be in the catalogue.

"The sheet", wherever our files speak of it: the survey of 85 procedures of the 23 wards made before this catalogue,
from public pages, as of `as_of` in data/references.toml. The survey itself is not kept here. What it found stands in
the data files: its numbers as `fact_sheet`, its marks A, B and C as `confidence`, its pages as S001 … in
data/references.toml, and its list of 26 mistakes of a careless reading ("traps") as `trap` of the situations.
"""


def _numbered(topic: str, first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{topic}{number:02}" for number in range(first, last + 1))


CHILDCARE = _numbered("ko", 1, 15)
CARE = _numbered("ka", 1, 11)
DISASTER = _numbered("hi", 1, 8)
MOVING = (*_numbered("mv", 1, 30), "mv02b")
BIRTH = (*_numbered("bi", 1, 17), *_numbered("bi", 20, 22))
SHEET = (*CHILDCARE, *CARE, *DISASTER, *MOVING, *BIRTH)
TRAPS = range(1, 27)
"""The mistakes a careless reading makes (section 0 of the sheet)."""
BUNDLES = (
    *("after_pregnancy", "pregnancy_birth", "childcare", "school", "moving_out", "moving_in", "moving_within"),
    *("care", "disaster", "bereavement"),
)
