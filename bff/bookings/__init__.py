"""Times at a counter, a check-up or a nursery that a ward gives and residents take; nobody gets a place twice given."""
