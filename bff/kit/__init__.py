"""The kit for a new service: makes a connector, lists all of them, says what a connector still lacks."""
