"""What a picture file says of itself: its EXIF, XMP, IPTC and comment."""
