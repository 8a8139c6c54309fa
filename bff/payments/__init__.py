"""Fees and slips as tasks: paid elsewhere, their state told here; no card data passes through."""
