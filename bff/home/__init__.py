"""Home: the plan of a person's life from kept facts, and the filing of what she decides to send."""

from bff.home.home import Home, of, read

__all__ = ["Home", "of", "read"]
