"""Where the collection lies; the environment is read here and nowhere else."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The address of the store, and the folder of its pictures."""

    store_uri: str = "sqlite:///collection/photos.sqlite"
    images: Path = Path("collection/images")

    @classmethod
    def from_environment(cls) -> "Settings":
        """Return the settings that STORE_URI and IMAGES_STORE give; paths are relative to the current folder."""
        default = cls()
        return cls(
            store_uri=os.environ.get("STORE_URI") or default.store_uri,
            images=Path(os.environ.get("IMAGES_STORE") or default.images),
        )
