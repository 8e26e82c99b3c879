"""Flickr's accuracy levels in metres."""

EQUATOR_M = 40_075_017  # WGS 84

# Flickr's level is the zoom of the map on which the pin was set, so the uncertainty is the width of a map tile at
# that zoom on the equator: 1 (world) 20,038 km, 3 (country) 5,009 km, 6 (region) 626 km, 11 (city) 20 km, 16 (street)
# 611 m. The five names are those of Flickr's documentation.
UNCERTAINTY_M = {level: round(EQUATOR_M / 2**level) for level in range(1, 17)}


def coordinate_uncertainty_m(accuracy: int | None) -> int | None:
    """Give the radius in metres for a level of 1 to 16; None for any other, such as Flickr's 0 for "not known"."""
    return None if accuracy is None else UNCERTAINTY_M.get(accuracy)
