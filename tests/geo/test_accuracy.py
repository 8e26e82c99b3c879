from itertools import pairwise

import pytest

from imagescraper.geo.accuracy import coordinate_uncertainty_m


@pytest.mark.parametrize(("level", "metres"), [(1, 20_037_508), (3, 5_009_377), (6, 626_172), (11, 19_568), (16, 611)])
def test_the_levels_that_flickr_names(level, metres):
    assert coordinate_uncertainty_m(level) == pytest.approx(metres, abs=1)


def test_every_level_halves_the_one_before():
    radii = [coordinate_uncertainty_m(level) for level in range(1, 17)]
    assert all(coarse == pytest.approx(2 * fine, abs=2) for coarse, fine in pairwise(radii))


@pytest.mark.parametrize("level", [None, 0, -1, 17])
def test_an_unknown_level_has_no_radius(level):
    assert coordinate_uncertainty_m(level) is None
