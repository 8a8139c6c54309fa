"""Trusted documents, compiled once: what needs no waiting is read by plain functions instead of the generic executor.

    plan = Plans(schema, documents).of(document)

A plan is handed to the executor by `Context.plan`. Whatever it does not hold, or fails in, the generic executor
answers, so errors, nulls and refusals are told in one place only (infra/decisions/0055).
"""

from bff.graphql.plans.executor import PlannedExecutor, PlannedParsing, PlannedValidation
from bff.graphql.plans.plan import Plan, Plans

__all__ = ["Plan", "PlannedExecutor", "PlannedParsing", "PlannedValidation", "Plans"]
