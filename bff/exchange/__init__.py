"""The X-Road layer: the one way out to wards, the nation and utilities."""
