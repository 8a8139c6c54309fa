"""Rules: one function a procedure, found by the procedure's id."""

from collections.abc import Mapping

from life_events.rules import bereavement, care, childcare, disaster, moving
from life_events.rules.rule import Rule

TOPICS = (
    childcare,
    moving,
    care,
    disaster,
    bereavement,
)
RULES: Mapping[str, Rule] = {rule.procedure: rule for topic in TOPICS for rule in topic.RULES}
