"""Spiders: one short module a source."""
