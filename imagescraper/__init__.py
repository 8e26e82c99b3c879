"""Turns a search term into a clean, placed, scored, privacy-safe photo collection."""
