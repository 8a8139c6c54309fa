"""Paper forms taken in at a counter: a scan is read, looked over by a person, and becomes the same case. ADR 0040."""
