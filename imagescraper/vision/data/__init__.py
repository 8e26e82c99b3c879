"""The table of WordNet concepts, and the script that builds it."""
