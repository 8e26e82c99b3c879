import pytest

from imagescraper.geo.distance import kilometres


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((5.84, 118.12), (5.84, 118.12), 0),
        ((0, 0), (0, 1), 111.195),
        ((90, 0), (-90, 0), 20_015.1),
        ((0, 179.5), (0, -179.5), 111.195),
        ((5.8394, 118.1172), (14.5995, 120.9842), 1_023.0),
    ],
)
def test_over_the_ground(one, other, km):
    assert kilometres(one, other) == pytest.approx(km, rel=1e-3, abs=1e-9)
    assert kilometres(other, one) == pytest.approx(kilometres(one, other))
