"""Rules: one function a procedure, found by the procedure's id."""

from collections.abc import Mapping

from life_events.rules import care, childcare, moving
from life_events.rules.rule import Rule

RULES: Mapping[str, Rule] = {rule.procedure: rule for rule in (*childcare.RULES, *moving.RULES, *care.RULES)}
