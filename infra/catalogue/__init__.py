"""The catalogue turned outwards: how whole it is (`make catalogue`), the open data, and the index for the search."""
