"""Fees and slips as tasks: paid elsewhere, their state told here; no card data passes through. ADR 0039."""

from bff.payments.door import RETURN, payments

__all__ = ["RETURN", "payments"]
