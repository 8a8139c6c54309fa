"""The exchange: our security server, those of the providers, and what they have agreed upon (X-Road 7)."""
