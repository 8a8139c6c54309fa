"""Rules: one function a procedure, found by the procedure's id."""

from collections.abc import Mapping

from life_events.rules import (
    allowance_notices,
    bereavement,
    birth,
    birth_notice,
    care,
    care_money,
    care_transfer,
    child_allowance,
    disaster,
    first_year,
    health_checks,
    moving,
    moving_family,
    moving_home,
    moving_papers,
    nursery,
    pregnancy,
    pregnancy_notice,
    school,
    single_parent,
    vaccination,
)
from life_events.rules.rule import Rule

TOPICS = (
    pregnancy,
    pregnancy_notice,
    birth_notice,
    birth,
    first_year,
    vaccination,
    health_checks,
    child_allowance,
    allowance_notices,
    nursery,
    single_parent,
    school,
    moving,
    moving_home,
    moving_papers,
    moving_family,
    care,
    care_transfer,
    care_money,
    disaster,
    bereavement,
)
RULES: Mapping[str, Rule] = {rule.procedure: rule for topic in TOPICS for rule in topic.RULES}
