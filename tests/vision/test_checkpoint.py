import os
import pickle
import sys
from collections import OrderedDict
from types import ModuleType

import numpy as np
import pytest

from imagescraper.vision.checkpoint import MAGIC, PROTOCOL, CheckpointError, read_tensors


class Tensor:
    """Pickles like a tensor of PyTorch: a view on a storage that is named by a persistent id."""

    def __init__(self, key, offset, shape, strides, numel):
        self.pid = ("storage", sys.modules["torch"].FloatStorage, key, "cpu", numel, None)
        self.view = (offset, shape, strides)

    def __reduce__(self):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, (Pid(self.pid), *self.view, False, OrderedDict())


class Pid:
    def __init__(self, value):
        self.value = value


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return value.value if isinstance(value, Pid) else None


@pytest.fixture
def write(monkeypatch, tmp_path):
    torch, utils = ModuleType("torch"), ModuleType("torch._utils")
    torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})

    def _rebuild_tensor_v2(*_):
        raise AssertionError("the real PyTorch is never called")

    _rebuild_tensor_v2.__module__ = "torch._utils"
    _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)

    def checkpoint(state, storages, magic=MAGIC):
        path = tmp_path / "weights.pth"
        with path.open("wb") as file:
            for part in (magic, PROTOCOL, {"little_endian": True}, state, list(storages)):
                Pickler(file, protocol=2).dump(part)
            for numbers in storages.values():
                file.write(len(numbers).to_bytes(8, "little") + np.asarray(numbers, "<f4").tobytes())
        return path

    return checkpoint


def test_views_are_read_by_their_strides(write):
    state = OrderedDict(plain=Tensor("1", 0, (2, 3), (3, 1), 6), turned=Tensor("1", 1, (2, 2), (1, 3), 6))
    tensors = read_tensors(write(state, {"1": [0, 1, 2, 3, 4, 5]}))
    np.testing.assert_array_equal(tensors["plain"], [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(tensors["turned"], [[1, 4], [2, 5]])
    assert tensors["turned"].flags.c_contiguous


def test_scalar_is_read(write):
    assert read_tensors(write({"one": Tensor("1", 0, (), (), 1)}, {"1": [7]}))["one"] == 7


@pytest.mark.parametrize(
    ("offset", "shape", "strides"), [(0, (7,), (1,)), (0, (2, 2), (5, 1)), (-1, (2,), (1,)), (5, (2,), (-1,))]
)
def test_view_beyond_its_storage_is_refused(write, offset, shape, strides):
    path = write({"wild": Tensor("1", offset, shape, strides, 6)}, {"1": range(6)})
    with pytest.raises(CheckpointError, match="beyond"):
        read_tensors(path)


class Command:
    def __reduce__(self):
        return os.system, ("exit 1",)


def test_foreign_code_is_refused(write):
    with pytest.raises(CheckpointError, match="system"):
        read_tensors(write({"weight": Command()}, {}))


def test_other_file_is_refused(write, tmp_path):
    with pytest.raises(CheckpointError, match="no legacy"):
        read_tensors(write({}, {}, magic=1))
    (tmp_path / "text").write_text("no pickle at all")
    with pytest.raises(CheckpointError):
        read_tensors(tmp_path / "text")


@pytest.mark.parametrize("kept", [0, 1, 40, 90, -1])
def test_truncated_file_is_refused(write, kept):
    path = write({"plain": Tensor("1", 0, (6,), (1,), 6)}, {"1": range(6)})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CheckpointError):
        read_tensors(path)
