"""The house put by and put back: `python -m bff backup | restore` (ADR 0058)."""
