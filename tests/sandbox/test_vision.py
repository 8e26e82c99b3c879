import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from sandbox.captions import TOPICS
from sandbox.vision import annotate

from .conftest import fetch


def request(content, kind="LABEL_DETECTION", **feature):
    return {"image": {"content": base64.b64encode(content).decode()}, "features": [{"type": kind, **feature}]}


def ask(world, *requests, key="k", enums_as_numbers=False):
    return annotate(world.images, json.dumps({"requests": requests}), key, enums_as_numbers=enums_as_numbers)


@pytest.fixture(scope="module")
def cat(world):
    row = int(np.flatnonzero(world.subject == TOPICS.index("cat"))[3])
    return world.images.original(world.collection.photo(row)).content


def test_a_served_picture_is_known_even_when_it_was_encoded_anew(world, cat):
    with Image.open(io.BytesIO(cat)) as picture:
        small = io.BytesIO()
        picture.convert("RGB").resize((400, 300)).save(small, "JPEG", quality=70, exif=picture.getexif())
    for content in (cat, small.getvalue()):
        labels = ask(world, request(content))["responses"][0]["labelAnnotations"]
        assert labels[0]["description"] == "Cat"
        assert all(0.5 <= label["score"] == label["topicality"] <= 1 for label in labels)
        assert [label["score"] for label in labels] == sorted((label["score"] for label in labels), reverse=True)
        assert all(label["mid"].startswith("/m/") for label in labels)


def test_enums_are_taken_as_names_and_as_numbers(world, cat):
    assert ask(world, request(cat, 4)) == ask(world, request(cat, "LABEL_DETECTION"))
    named = ask(world, request(cat, "SAFE_SEARCH_DETECTION"))["responses"][0]["safeSearchAnnotation"]
    numbered = ask(world, request(cat, 6), enums_as_numbers=True)["responses"][0]["safeSearchAnnotation"]
    assert (named["adult"], numbered["adult"]) == ("VERY_UNLIKELY", 1)


def test_max_results_is_obeyed(world, cat):
    assert len(ask(world, request(cat, maxResults=2))["responses"][0]["labelAnnotations"]) == 2


def test_one_bad_image_spoils_only_its_own_answer(world, cat):
    responses = ask(world, request(cat), request(b"no picture"), request(cat))["responses"]
    assert responses[0] == responses[2]
    assert responses[1] == {"error": {"code": 3, "message": "Bad image data."}}


@pytest.mark.parametrize(
    ("text", "key", "status"),
    [
        ("{}", None, 403),
        ("{}", "invalid", 400),
        ("nonsense", "k", 400),
        (json.dumps({"requests": [request(b"x")] * 17}), "k", 400),
    ],
)
def test_whole_requests_are_refused_as_google_does(server, text, key, status):
    headers = {"x_goog_api_key": key} if key else {}
    answer = fetch(f"{server.url}/v1/images:annotate", text.encode(), **headers)
    error = json.loads(answer.body)["error"]
    assert answer.status == error["code"] == status
    assert error["status"] in {"INVALID_ARGUMENT", "PERMISSION_DENIED"}


def test_googles_own_client_reads_it(server, cat):
    vision = pytest.importorskip("google.cloud.vision")
    credentials = pytest.importorskip("google.auth.credentials")
    client = vision.ImageAnnotatorClient(
        credentials=credentials.AnonymousCredentials(),
        transport="rest",
        client_options={"api_endpoint": server.url},
    )
    with client:
        sent = vision.AnnotateImageRequest(
            image=vision.Image(content=cat),
            features=[vision.Feature(type_=vision.Feature.Type.LABEL_DETECTION)],
        )
        answer = client.batch_annotate_images(requests=[sent], metadata=[("x-goog-api-key", "k")], timeout=20)
    assert answer.responses[0].label_annotations[0].score >= 0.5
