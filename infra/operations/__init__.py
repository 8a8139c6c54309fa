"""How the house is run: the reference of settings, upgrades, runbooks, and a check of the files that run it."""
