"""Google Cloud Vision's `images:annotate`, for the pictures that the sandbox itself has served."""

import base64
import binascii
import hashlib
import io
from typing import Any

from PIL import Image
from pydantic import BaseModel, Field, ValidationError

from sandbox.captions import TOPICS
from sandbox.images import ImageHost, fingerprint

MOST_IMAGES = 16  # a request, by Google's quota page

_LABEL_DETECTION = {"LABEL_DETECTION", 4}
_SAFE_SEARCH = {"SAFE_SEARCH_DETECTION", 6}
_SAFE_SEARCH_FIELDS = ("adult", "spoof", "medical", "violence", "racy")
_DEFAULT_RESULTS = 10
_INVALID_ARGUMENT = 3  # google.rpc.Code
_LABELS: dict[str, tuple[str, ...]] = {
    "cat": ("Cat", "Felidae", "Carnivore", "Whiskers", "Vertebrate", "Snout"),
    "coffee": ("Coffee", "Cup", "Drinkware", "Tableware", "Espresso"),
    "rocket": ("Rocket", "Spacecraft", "Vehicle", "Sky", "Missile"),
    "astronaut": ("Astronaut", "Space suit", "Smile", "Person", "Uniform"),
    "horse": ("Horse", "Silhouette", "Mane", "Mammal", "Working animal"),
    "galaxy": ("Galaxy", "Astronomical object", "Star", "Outer space", "Universe"),
    "retina": ("Eye", "Circle", "Organ", "Orange"),
    "brick": ("Brick", "Brickwork", "Wall", "Pattern", "Building material"),
    "grass": ("Grass", "Plant", "Groundcover", "Lawn"),
    "gravel": ("Gravel", "Rock", "Soil", "Pattern"),
    "moon": ("Moon", "Crater", "Astronomical object", "Landscape"),
    "coin": ("Coin", "Money", "Currency", "Metal"),
    "motorcycle": ("Motorcycle", "Motor vehicle", "Wheel", "Tire", "Vehicle"),
    "temple": ("Temple", "Chinese architecture", "Building", "Sky", "Facade"),
    "flower": ("Flower", "Petal", "Plant", "Dahlia", "Annual plant"),
    "photographer": ("Photographer", "Camera", "Tripod", "Person", "Coat"),
    "clock": ("Clock", "Circle", "Wall clock", "Number"),
    "page": ("Text", "Font", "Document", "Paper"),
}

Json = dict[str, Any]


class _Feature(BaseModel):
    type: int | str = 0
    max_results: int = Field(0, alias="maxResults")


class _Image(BaseModel):
    content: str = ""


class _Request(BaseModel):
    image: _Image = _Image()
    features: list[_Feature] = []


class _Batch(BaseModel):
    requests: list[_Request] = []


class VisionError(Exception):
    """A request that Google refuses as a whole."""

    def __init__(self, http_status: int, status: str, message: str) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.body: Json = {"error": {"code": http_status, "message": message, "status": status}}


def annotate(images: ImageHost, text: str, key: str | None, *, enums_as_numbers: bool) -> Json:
    """Answer a batch of images in their order; raises VisionError."""
    if not key:
        raise VisionError(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.")
    if key.startswith("invalid"):
        raise VisionError(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
    try:
        requests = _Batch.model_validate_json(text).requests
    except ValidationError as error:
        raise VisionError(400, "INVALID_ARGUMENT", "Invalid JSON payload received.") from error
    if len(requests) > MOST_IMAGES:
        raise VisionError(400, "INVALID_ARGUMENT", "Too many images per request, the maximum is 16.")
    return {"responses": [_answer(images, request, enums_as_numbers=enums_as_numbers) for request in requests]}


def _answer(images: ImageHost, request: _Request, *, enums_as_numbers: bool) -> Json:
    try:
        content = base64.b64decode(request.image.content, validate=True)
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            labels = _labels(images, picture)
    except (binascii.Error, OSError, ValueError, Image.DecompressionBombError):
        return {"error": {"code": _INVALID_ARGUMENT, "message": "Bad image data."}}
    answer: Json = {}
    for feature in request.features:
        if feature.type in _LABEL_DETECTION:
            answer["labelAnnotations"] = labels[: feature.max_results or _DEFAULT_RESULTS]
        elif feature.type in _SAFE_SEARCH:
            very_unlikely: str | int = 1 if enums_as_numbers else "VERY_UNLIKELY"
            answer["safeSearchAnnotation"] = dict.fromkeys(_SAFE_SEARCH_FIELDS, very_unlikely)
    return answer


def _labels(images: ImageHost, picture: Image.Image) -> list[Json]:
    """Label a picture by what it is known to show, or, if it was never served, by its look: best first, none < 0.5."""
    seen = fingerprint(picture)
    subjects = images.subjects(picture) or (TOPICS[seen % len(TOPICS)],)
    names = [name for subject in subjects for name in _LABELS.get(subject, (subject.capitalize(),))]
    labels: list[Json] = []
    for place, name in enumerate(names):
        luck = hashlib.blake2b(f"{seen}:{name}".encode(), digest_size=2).digest()[0] / 255
        score = round(max(0.5, 0.98 - 0.07 * place - 0.04 * luck), 7)
        mid = f"/m/0{hashlib.blake2b(name.encode(), digest_size=3).hexdigest()}"
        labels.append({"mid": mid, "description": name, "score": score, "topicality": score})
    return sorted(labels, key=lambda label: -label["score"])
