"""The desk: what a ward works here itself, from claim to decision, and hands over to its core system."""
