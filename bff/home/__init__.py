"""Home: the plan of a person's life from kept facts, and the filing of what she decides to send."""

from bff.home.home import Home, asked, of

__all__ = ["Home", "asked", "of"]
