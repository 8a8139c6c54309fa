"""Facilities of the 23 wards from their open data: brought in, looked at twice, published, kept in versions."""
