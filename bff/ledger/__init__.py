"""Who looked at what of hers within the house, and why: no look without a reason (law 3 of the house)."""
