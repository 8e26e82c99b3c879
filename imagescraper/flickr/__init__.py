"""What we know of Flickr: its requests, its answers, its licences."""
