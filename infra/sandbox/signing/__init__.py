"""Stand-ins of the signature API, of the cards that sign, and of the operator who opens what the API seals."""
