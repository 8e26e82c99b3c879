"""Where pictures lie: a folder, or a bucket that speaks S3."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

# Letters, digits, dot, dash, underscore; no part begins with a dot, so ".." and our temporary names are out.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 200


class MissingExtra(RuntimeError):
    """Says in one line which command installs what is missing."""


class Files(Protocol):
    """Pictures by name, a relative path such as full/30885328974.jpg; ValueError for a name that is none."""

    def put(self, name: str, data: bytes) -> None:
        """Store `data` under `name`, whole or not at all, in place of what was there."""

    def get(self, name: str) -> bytes:
        """Return what is stored under `name`; raise FileNotFoundError."""


def open_files(uri: str) -> Files:
    """Return the pictures at a plain path, a file:// or an s3://bucket/prefix address.

    Raises ValueError for any other address and `MissingExtra` where S3 is asked for without boto3.
    """
    scheme, _, _ = uri.partition("://")
    if scheme == uri:
        return LocalFiles(Path(uri))
    address = urlsplit(uri)
    if scheme == "file" and address.netloc in ("", "localhost"):
        return LocalFiles(Path(unquote(address.path)))
    if scheme == "s3" and address.netloc:
        return S3Files(address.netloc, address.path.strip("/"))
    raise ValueError(f"pictures can be kept in a folder, file:// or s3://bucket, not under {scheme}://")


class LocalFiles:
    """Pictures in a folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return where `name` lies, whether or not there is such a file."""
        return self.root / _checked(name)

    def put(self, name: str, data: bytes) -> None:
        """Write the file whole or not at all, and make its folder where there is none."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)

    def get(self, name: str) -> bytes:
        """Return what is stored under `name`; raise FileNotFoundError."""
        return self.path(name).read_bytes()


class S3Files:
    """Pictures in a bucket; credentials, region and endpoint come from where boto3 looks for them."""

    def __init__(self, bucket: str, prefix: str = "") -> None:
        try:
            boto3 = import_module("boto3")
        except ImportError as error:
            raise MissingExtra("s3:// needs boto3: pip install boto3") from error
        self.bucket = bucket
        self.prefix = prefix + "/" if prefix else ""
        self._client: Any = boto3.client("s3")

    def put(self, name: str, data: bytes) -> None:
        """Store an object; S3 shows it whole or not at all."""
        self._client.put_object(Body=data, **self._object(name))

    def get(self, name: str) -> bytes:
        """Return an object's bytes; raise FileNotFoundError."""
        try:
            data: bytes = self._client.get_object(**self._object(name))["Body"].read()
        except self._client.exceptions.NoSuchKey as error:
            raise FileNotFoundError(name) from error
        return data

    def _object(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + _checked(name)}


@contextmanager
def written_atomically(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to that bears its name only once it is whole and on the disk, and never if that fails.

    Until then it lies in the same folder under a name with a leading dot, which no picture can have.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- Path.open takes no descriptor
            yield file
            file.flush()
            os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` as `written_atomically` does."""
    with written_atomically(path) as file:
        file.write(data)


def _checked(name: str) -> str:
    """Return `name` if it is a relative path of plain parts; raise ValueError."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise ValueError(f"not a picture's name: {name[:_LONGEST_NAME]!r}")
    return name
