"""Measurements: a runnable module for each question."""
