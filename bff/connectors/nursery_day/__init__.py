"""The nursery operator's app: is the child there today, since when, and who fetches it."""
