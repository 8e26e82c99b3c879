"""Place: boxes to search in, and the country and city of a coordinate, offline."""
