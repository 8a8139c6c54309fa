"""Decisions and certificates she received: kept, verified, and shown without a network."""
