from importlib.resources import files

import numpy as np
import onnx
import onnxruntime
import pytest

from imagescraper.vision.checkpoint import read_tensors
from imagescraper.vision.convert import build, convert
from imagescraper.vision.model import WEIGHTS


@pytest.fixture(scope="module")
def weights():
    return next((files(WEIGHTS) / "models").glob("*.pth"))


@pytest.fixture(scope="module")
def tensors(weights):
    return read_tensors(weights)


def test_same_weights_give_the_same_bytes(weights):
    assert convert(weights) == convert(weights)


def test_graph_has_the_published_architecture(tensors):
    model = build(tensors)
    onnx.checker.check_model(model, full_check=True)
    operators = [node.op_type for node in model.graph.node]
    assert operators.count("Conv") == 64  # stem, head, 20 blocks of three and one of two
    assert operators.count("Add") == 14  # 21 blocks less the first of each of the 7 stages
    assert operators.count("Clip") == 43  # after all but the projections
    shapes = {
        value.name: [size.dim_value or size.dim_param for size in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    assert shapes == {"images": ["n", 260, 260, 3], "logits": ["n", 1000], "embedding": ["n", 1280]}


def test_stem_computes_the_folded_convolution(tensors):
    """Padding, normalisation, stride and batch-norm of the first layer against the same sums done by hand."""
    model = build(tensors)
    stem = next(node.output[0] for node in model.graph.node if node.op_type == "Conv")
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(stem))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    image = np.random.default_rng(0).integers(0, 256, (1, 260, 260, 3), np.uint8)
    output = session.run([stem], {"images": image})[0][0]

    norm = {part: tensors[f"_bn0.{part}"] for part in ("weight", "bias", "running_mean", "running_var")}
    padded = np.pad((image[0].astype(float) - 127) / 128, ((0, 1), (0, 1), (0, 0)))
    for row, column in ((0, 0), (17, 100), (129, 129)):
        patch = padded[2 * row : 2 * row + 3, 2 * column : 2 * column + 3].transpose(2, 0, 1)
        plain = (tensors["_conv_stem.weight"] * patch).sum(axis=(1, 2, 3))
        scaled = (plain - norm["running_mean"]) / np.sqrt(norm["running_var"] + 0.001)
        np.testing.assert_allclose(output[:, row, column], scaled * norm["weight"] + norm["bias"], atol=1e-4)
