"""The borders that `imagescraper.geo.countries` reads, and the script that builds them."""
