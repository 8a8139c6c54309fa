"""What the counter saves, by the study's own formulas over live counts."""
