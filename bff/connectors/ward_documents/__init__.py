"""Decisions and certificates a ward has issued: each with the ward's own seal."""
