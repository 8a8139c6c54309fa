"""What the counter saves, by the study's own formulas over live counts. ADR 0039."""

from bff.effect.days import LATELY, STILL_CHANGES, count
from bff.effect.door import Reading, effect

__all__ = ["LATELY", "STILL_CHANGES", "Reading", "count", "effect"]
