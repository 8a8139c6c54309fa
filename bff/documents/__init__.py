"""Decisions and certificates she has received: tried by their seal, kept sealed, told when they end."""
