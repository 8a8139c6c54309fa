"""The electricity company: which contract serves which address."""
