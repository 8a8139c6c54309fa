"""HTTP/1.1 to few origins, asked very often: no more than the exchange needs, and strict about what comes back."""
