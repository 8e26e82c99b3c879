"""The bytes of a picture: what they are, where its metadata lies, its renditions, and where it is kept."""
