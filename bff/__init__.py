"""The house: a backend-for-frontend over the exchange (see README, the map of the house)."""
