"""The parts of the page, one a module: what it looks like, and what makes it change."""
