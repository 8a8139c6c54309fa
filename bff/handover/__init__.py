"""The hand-over sheet: what a counter needs of a move, signed, short-lived, and read without a network (ADR 0010)."""
