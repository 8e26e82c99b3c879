"""Says how sure a model is that a thing is visible in a picture."""
