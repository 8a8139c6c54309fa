"""Drafts on their way from one phone to another."""
