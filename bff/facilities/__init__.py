"""Facilities of the wards, from their open data."""
