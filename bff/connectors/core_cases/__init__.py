"""The ward's core system: takes in what was decided here."""
