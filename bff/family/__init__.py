"""Family and delegates: one person acts for another and never becomes her."""
