"""IDs of hers elsewhere that she has linked: her ward's, another ward's, a company's. They tell beside the card, never
instead of it."""
