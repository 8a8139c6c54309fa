"""All that the house holds of one resident, given to her, or to her ward upon a legal request (ADR 0059)."""
