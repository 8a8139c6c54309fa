"""To the nursery: a child stays away, or somebody else fetches it."""
