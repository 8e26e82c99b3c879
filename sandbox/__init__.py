"""A local server that behaves like Flickr, to try the crawler with and to test it against."""
