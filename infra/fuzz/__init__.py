"""Whatever a stranger sends, the parsers at the boundary answer or refuse: one target for each, tried in the suite by
Hypothesis with few examples (tests/fuzz) and for longer, guided by coverage, by atheris (`make fuzz`)."""
