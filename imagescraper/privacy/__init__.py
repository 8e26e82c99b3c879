"""Keys, sealing, pseudonyms and scrubbing of what is personal."""
