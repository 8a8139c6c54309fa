"""The door for residents: GraphQL lenses over the rooms, and nothing else."""
