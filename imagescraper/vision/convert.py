"""Turns the published EfficientNet-Lite2 checkpoint into an ONNX graph, without PyTorch."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from imagescraper.vision.checkpoint import read_tensors
from imagescraper.vision.crops import SIDE

VERSION = 1
"""Raised whenever this module writes another graph from the same weights, so that cached graphs are not mixed up."""

STAGE_STRIDES = {16: 1, 24: 2, 48: 2, 88: 2, 120: 1, 208: 2, 352: 1}
"""Stride of the first block of each stage, by the stage's channels: the only fact that the weights do not show."""

EPSILON = 1e-3
"""Added to the variance by the batch normalisation of every EfficientNet."""

OPSET, IR_VERSION = 17, 8
"""Old enough for every supported onnxruntime; nothing newer is needed."""

Tensors = Mapping[str, npt.NDArray[Any]]


class Graph:
    """A chain of ONNX nodes under construction; `head` names the tensor which the next node reads."""

    def __init__(self, tensors: Tensors, head: str) -> None:
        self.tensors = tensors
        self.head = head
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add an initialiser and return its name."""
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: int | str | Sequence[int]) -> str:
        """Append a node that reads the head and further inputs, and make its output the head."""
        output = output or f"{operator}_{len(self.nodes)}"
        node = helper.make_node(operator, [self.head, *inputs], [output])
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        self.head = output
        return output

    def convolve(self, convolution: str, norm: str, stride: int = 1) -> None:
        """Append a convolution with its batch normalisation folded into weight and bias.

        The weights come from TensorFlow, which pads 'SAME': the odd pixel goes to the lower right.
        """
        weight = self.tensors[f"{convolution}.weight"]
        gamma, beta, mean, variance = (
            self.tensors[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        scale = gamma / np.sqrt(variance + EPSILON)
        folded = (weight * scale[:, None, None, None]).astype(np.float32)
        self.add(
            "Conv",
            self.constant(f"{convolution}.weight", folded),
            self.constant(f"{convolution}.bias", (beta - mean * scale).astype(np.float32)),
            auto_pad="SAME_UPPER",
            kernel_shape=weight.shape[2:],
            strides=(stride, stride),
            group=weight.shape[0] if weight.shape[1] == 1 else 1,
        )

    def activate(self) -> None:
        """Append ReLU6, the Lite variants' activation."""
        self.add("Clip", "zero", "six")

    def normalise(self) -> None:
        """Append the step from bytes in NHWC order to the trained range, (x - 127) / 128 in NCHW order."""
        self.add("Cast", to=TensorProto.FLOAT)
        self.add("Sub", self.constant("mean", np.array([127], np.float32)))
        self.add("Div", self.constant("scale", np.array([128], np.float32)))
        self.add("Transpose", perm=(0, 3, 1, 2))

    def block(self, name: str) -> None:
        """Append one inverted residual block: expand, depthwise, project, and the way around it."""
        start = self.head
        depthwise, project = (self.tensors[f"{name}.{part}_conv.weight"] for part in ("_depthwise", "_project"))
        entrance = f"{name}._expand_conv"
        expands = f"{entrance}.weight" in self.tensors
        channels = self.tensors[f"{entrance}.weight"].shape[1] if expands else depthwise.shape[0]
        repeats = channels == project.shape[0]
        if expands:
            self.convolve(entrance, f"{name}._bn0")
            self.activate()
        self.convolve(f"{name}._depthwise_conv", f"{name}._bn1", 1 if repeats else STAGE_STRIDES[project.shape[0]])
        self.activate()
        self.convolve(f"{name}._project_conv", f"{name}._bn2")
        if repeats:
            self.add("Add", start)


def build(tensors: Tensors) -> onnx.ModelProto:
    """Return the graph: uint8 RGB `images` (n, 260, 260, 3) to float32 `logits` (n, 1000), `embedding` (n, 1280)."""
    graph = Graph(tensors, "images")
    graph.constant("zero", np.array(0, np.float32))
    graph.constant("six", np.array(6, np.float32))
    graph.normalise()
    graph.convolve("_conv_stem", "_bn0", stride=2)
    graph.activate()
    for number in range(sum(name.endswith("._depthwise_conv.weight") for name in tensors)):
        graph.block(f"_blocks.{number}")
    graph.convolve("_conv_head", "_bn1")
    graph.activate()
    graph.add("GlobalAveragePool")
    graph.add("Flatten", output="embedding")
    classes, width = tensors["_fc.weight"].shape
    graph.add(
        "Gemm",
        graph.constant("_fc.weight", tensors["_fc.weight"]),
        graph.constant("_fc.bias", tensors["_fc.bias"]),
        output="logits",
        transB=1,
    )
    images = helper.make_tensor_value_info("images", TensorProto.UINT8, ["n", SIDE, SIDE, 3])
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", classes]),
        helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", width]),
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "efficientnet-lite2", [images], outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )


def convert(weights: Path) -> bytes:
    """Return the ONNX file for a checkpoint; the same weights give the same bytes.

    Raises OSError or CheckpointError if the weights cannot be read.
    """
    model = build(read_tensors(weights))
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content
