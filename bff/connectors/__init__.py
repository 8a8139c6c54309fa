"""Pipes to the systems where facts come from; a folder an interface, not a ward."""
