"""Shows a collection of photos in the browser: filter, look, and read what is known of each."""
