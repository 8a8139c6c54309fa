"""What a resident lets us read, and since when."""
