"""Which procedures bring money, by their number in the sheet of facts, which outlives a procedure's name."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from life_events.allowances import Reckoned, child_allowance, metropolitan_single_parent, single_parent
from life_events.benefits import BenefitName
from life_events.facts import Facts
from life_events.law import Law

Per = Literal["month", "year", "day", "once"]


class Monthly(Struct, frozen=True):
    """An allowance that both hands reckon for one child."""

    name: BenefitName
    text: str
    reckon: Callable[[Facts, Law, date, str], Reckoned | None]
    text_if_confirmed: str = "child_allowance_if_confirmed"


CHILD_ALLOWANCE = Monthly("jido_teate", "child_allowance", child_allowance)
SINGLE_PARENT = Monthly("jido_fuyo_teate", "single_parent", single_parent)
METROPOLITAN_SINGLE_PARENT = Monthly("jido_ikusei_teate", "metropolitan_single_parent", metropolitan_single_parent)
BOTH_HANDS = (CHILD_ALLOWANCE, SINGLE_PARENT, METROPOLITAN_SINGLE_PARENT)
MONTHLY: Mapping[str, Monthly] = {
    "ko01": CHILD_ALLOWANCE,
    "ko02": CHILD_ALLOWANCE,
    "mv08": CHILD_ALLOWANCE,
    "ko14": SINGLE_PARENT,
    "ko14b": SINGLE_PARENT,
    "bi13": METROPOLITAN_SINGLE_PARENT,
}


class Fixed(Struct, frozen=True, kw_only=True):
    """An amount that hangs on nobody's age: the sum of the numbers `yen`, and `others` by their name in the text.

    `alone`: the number that says how many percent of it a household of one gets.
    """

    text: str
    yen: tuple[str, ...]
    per: Per = "once"
    others: Mapping[str, str] = {}
    alone: str | None = None


FIXED: Mapping[str, Fixed] = {
    "bi02": Fixed(text="pregnancy_support_first", yen=("yen_pregnancy_support_first",)),
    "bi03": Fixed(text="pregnancy_support_second", yen=("yen_pregnancy_support_second",)),
    "bi08": Fixed(
        text="birth_lump_sum", yen=("yen_birth_lump_sum",), others={"less": "yen_birth_lump_sum_outside_scheme"}
    ),
    "bi09": Fixed(text="metropolitan_018", yen=("yen_metropolitan_018",), per="month"),
    "bi10": Fixed(text="metropolitan_baby_gift", yen=("yen_metropolitan_baby_gift",)),
    "ka07": Fixed(
        text="care_cost_limit",
        yen=("yen_care_cost_limit_highest",),
        per="month",
        others={"least": "yen_care_cost_limit_lowest"},
    ),
    "ka08": Fixed(
        text="facility_meal_limit",
        yen=("yen_facility_meal_limit_stage_2",),
        per="day",
        others={"least": "yen_facility_meal_limit_stage_1"},
    ),
    "ka09": Fixed(text="care_aids_a_year", yen=("yen_care_aids_a_year",), per="year"),
    "ka10": Fixed(text="home_adaptation", yen=("yen_home_adaptation",)),
    "hi03": Fixed(text="emergency_repair", yen=("yen_emergency_repair",)),
    "hi05": Fixed(text="condolence", yen=("yen_condolence_breadwinner",), others={"less": "yen_condolence_other"}),
    "hi06": Fixed(text="disability", yen=("yen_disability_breadwinner",), others={"less": "yen_disability_other"}),
    "hi07": Fixed(text="disaster_loan", yen=("yen_disaster_loan",)),
    "hi08": Fixed(text="recovery", yen=("yen_recovery_base", "yen_recovery_added"), alone="recovery_single_percent"),
}
TEXTS = frozenset(
    {"unknown", "child_allowance_if_confirmed"}
    | {one.text for one in BOTH_HANDS}
    | {one.text for one in FIXED.values()}
)
"""Keys of every text about an amount, which the data file must have."""
