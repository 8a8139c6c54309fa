"""Applications a resident has sent: kept once, delivered by a promise, followed until the ward decides."""
