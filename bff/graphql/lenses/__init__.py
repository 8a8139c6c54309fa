"""Lenses: each lists the fields a resident may see of a domain object; the resolver returns the object itself."""
