"""Rules: one function a procedure, found by the procedure's id."""

from collections.abc import Mapping

from life_events.rules import (
    bereavement,
    birth,
    care,
    childcare,
    disaster,
    first_year,
    moving,
    pregnancy,
)
from life_events.rules.rule import Rule

TOPICS = (
    pregnancy,
    birth,
    first_year,
    childcare,
    moving,
    care,
    disaster,
    bereavement,
)
RULES: Mapping[str, Rule] = {rule.procedure: rule for topic in TOPICS for rule in topic.RULES}
