"""The house's side of her inbox: sorting many at once, how she wishes to be told, and what goes along. ADR 0047."""
