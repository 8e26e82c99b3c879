"""Whether boxes hold a point, to judge the boxes by."""

from imagescraper.geo.boxes import Box


def holds(box: Box, lat: float, lon: float) -> bool:
    """Tell whether a point lies inside or on the edge, also of a box across 180°."""
    ends = box.west <= lon, lon <= box.east
    return box.south <= lat <= box.north and (all(ends) if box.west <= box.east else any(ends))
