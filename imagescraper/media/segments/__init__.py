"""Takes a file apart into a picture free of metadata and the metadata that was removed, and puts it together again."""

from imagescraper.media.segments.patch import CannotJoin, Split, join
from imagescraper.media.segments.split import clean, split

__all__ = ["CannotJoin", "Split", "clean", "join", "split"]
