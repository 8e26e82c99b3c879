"""Reads the tensors of a PyTorch checkpoint in its legacy format, without PyTorch and without running foreign code."""

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
"""`torch.serialization.MAGIC_NUMBER` and `PROTOCOL_VERSION`, with which every legacy checkpoint begins."""

DTYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class CheckpointError(Exception):
    """The file is no legacy PyTorch checkpoint, or holds more than tensors."""


class Storage(NamedTuple):
    """A block of numbers which follows after the pickles, under its key."""

    dtype: np.dtype[Any]
    key: str


class View(NamedTuple):
    """A tensor as the checkpoint describes it: a window on a storage, in elements."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def read(self, numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Copy the window out of its storage's numbers; raises CheckpointError where it reaches beyond them."""
        steps = zip(self.shape, self.strides, strict=True)
        last = self.offset + sum((length - 1) * stride for length, stride in steps)
        if min((self.offset, *self.shape, *self.strides)) < 0 or last >= numbers.size:
            raise CheckpointError(f"a tensor of shape {self.shape} reaches beyond its storage")
        size = numbers.itemsize
        return np.lib.stride_tricks.as_strided(
            numbers[self.offset :], self.shape, [stride * size for stride in self.strides]
        ).copy()


def rebuild(storage: Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object) -> View:
    """Stand in for `torch._utils._rebuild_tensor_v2`; what follows the strides only matters to training."""
    return View(storage, offset, shape, strides)


class TensorUnpickler(pickle.Unpickler):
    """An unpickler that knows ordered dictionaries and tensors, and refuses every other name."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - the base class says so
        """Resolve one of the few allowed names; raises CheckpointError for any other."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return rebuild
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise CheckpointError(f"the checkpoint asks for {module}.{name}, which is no tensor")

    def persistent_load(self, pid: tuple[str, np.dtype[Any], str, str, int, object]) -> Storage:
        """Note which storage a tensor is a window on."""
        _, dtype, key, *_ = pid
        return Storage(dtype, key)


def read_tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the tensors of a state dictionary by their names, each laid out in C order.

    Raises OSError if the file cannot be read and CheckpointError if it is anything but tensors.
    """
    with path.open("rb") as file:
        try:
            magic, protocol, _ = (TensorUnpickler(file).load() for _ in range(3))
            if (magic, protocol) != (MAGIC, PROTOCOL):
                raise CheckpointError(f"{path.name} is no legacy PyTorch checkpoint")
            views: dict[str, View] = TensorUnpickler(file).load()
            keys: list[str] = TensorUnpickler(file).load()
            dtypes = {view.storage.key: view.storage.dtype for view in views.values()}
            numbers = {key: read_storage(file, dtypes[key]) for key in keys}
            return {name: view.read(numbers[view.storage.key]) for name, view in views.items()}
        except (pickle.UnpicklingError, EOFError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise CheckpointError(f"{path.name} is damaged: {error}") from error


def read_storage(file: BinaryIO, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """Read one storage: its length in elements as a 64-bit number, then the elements."""
    length = int.from_bytes(file.read(8), "little")
    content = file.read(length * dtype.itemsize)
    return np.frombuffer(content, dtype, count=length)
