"""What a part of the house costs alone: processes that import the house, and are started by the bench."""
