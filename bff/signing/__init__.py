"""Signing and time: an application signed by its resident's card, sealed by the house, stamped, and given to her."""
