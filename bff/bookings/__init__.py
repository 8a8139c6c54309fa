"""Slots at counters, health checks and visits: booked, waited for, cancelled."""
