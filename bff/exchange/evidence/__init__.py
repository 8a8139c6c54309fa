"""Evidence of every exchange: its record linked to the one before, the last link time-stamped, both exported signed."""
