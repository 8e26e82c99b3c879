"""Builds borders.npz: `python -m imagescraper.geo.data.build` (needs npm and the network).

Three npm packages of fixed versions go in; the same versions and the same GEOS give the same file, byte for byte:

- @osm_borders/maritime_1000m: countries with their territorial waters, from OpenStreetMap (ODbL 1.0);
- @rapideditor/country-coder: a second, independent set of countries, and their names (ISC);
- @geo-maps/earth-lands-250m: land with its ice shelves, from OpenStreetMap (ODbL 1.0), for Antarctica: both other
  packages give it the whole ocean south of 60° S.

Every polygon is cut into pieces of few vertices, which is what makes the look-up fast. A country stands before
another one that is larger, so the first piece that holds a point names a territory rather than the state around it.
"""

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, Polygon
from shapely.geometry import shape

OSM = "@osm_borders/maritime_1000m@1.1.0"
CODER = "@rapideditor/country-coder@5.6.1"
LAND = "@geo-maps/earth-lands-250m@0.6.0"

STEP = 1e-4  # degrees: 11 m, far below the 1 km the borders are simplified to
MOST_VERTICES = 32  # a piece's; half as many make the file larger, four times as many the look-up slower
SOUTH = -60  # degrees: where Antarctica begins by its treaty
MERCATOR_END = -85.05  # degrees: the land package is cut off here, in the middle of the ice
SHORE = 0.01  # degrees, up to 1.1 km: as coarse as the borders, and no beach is lost

NO_TWO_LETTERS = {"BES": "BQ", "CUW": "CW", "SXM": "SX"}  # the OSM package knows these by three letters only
SHORT_NAMES = {  # where country-coder has the formal name
    "BS": "Bahamas",
    "CN": "China",
    "CY": "Cyprus",
    "DK": "Denmark",
    "FM": "Micronesia",
    "GG": "Guernsey",
    "GM": "Gambia",
    "IE": "Ireland",
    "JE": "Jersey",
    "KN": "Saint Kitts and Nevis",
    "LC": "Saint Lucia",
    "NL": "Netherlands",
    "US": "United States",
    "VC": "Saint Vincent and the Grenadines",
}

Countries = dict[str, Geometry]


def unpacked(package: str, folder: Path) -> Path:
    """Give the folder with an npm package's files, inside a given folder."""
    own = Path(tempfile.mkdtemp(dir=folder))
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: install Node.js")
    subprocess.run([npm, "pack", "--silent", package], cwd=own, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - no outside input
    (archive,) = own.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(own, filter="data")
    return own / "package"


def features(file: Path) -> list[dict[str, Any]]:
    """Give the features of a GeoJSON file."""
    return list(json.loads(file.read_text(encoding="utf-8"))["features"])


def geometry(feature: dict[str, Any]) -> Geometry:
    """Give a feature's geometry, repaired."""
    return shapely.make_valid(shape(feature["geometry"]))


def osm_countries(package: Path) -> Countries:
    """Read the countries by ISO 3166-1 alpha-2 code."""
    countries = {}
    for feature in features(package / "borders.geo.json"):
        codes = feature["properties"]
        countries[codes.get("isoA2") or NO_TWO_LETTERS[codes["isoA3"]]] = geometry(feature)
    return countries


def coder_countries(package: Path) -> tuple[Countries, dict[str, tuple[str, str]]]:
    """Read the countries, and for every code the name and the code of the sovereign state.

    A part without an official code of its own counts for the smallest coded whole it belongs to; one that belongs to
    none (Northern Cyprus, Bir Tawil) is left out.
    """
    read = features(package / "src" / "data" / "borders.json")
    official = {
        part["iso1A2"]: (SHORT_NAMES.get(part["iso1A2"], part["nameEn"]), part.get("country", part["iso1A2"]))
        for part in (feature["properties"] for feature in read)
        if "iso1A2" in part and part.get("isoStatus") != "excRes"
    }
    parts = defaultdict(list)
    for feature in read:
        if feature["geometry"]:
            properties = feature["properties"]
            wholes = [properties.get("iso1A2"), *properties.get("groups", []), properties.get("country")]
            code = next((whole for whole in wholes if whole in official), None)
            if code:
                parts[code].append(geometry(feature))
    return {code: shapely.union_all(shapes) for code, shapes in parts.items()}, official


def antarctic_land(package: Path) -> Geometry:
    """Read the land and ice shelves of Antarctica with a strip of shore."""
    (lands,) = json.loads((package / "map.geo.json").read_text(encoding="utf-8"))["geometries"]
    southern = [Polygon(outer, inner) for outer, *inner in lands["coordinates"] if outer[0][1] < SOUTH]
    inland = shapely.box(-180, -90, 180, MERCATOR_END)
    land = shapely.union_all([shapely.make_valid(polygon) for polygon in southern] + [inland])
    return land.buffer(SHORE).simplify(SHORE / 4).intersection(shapely.box(-180, -90, 180, SOUTH))


def polygons(any_shape: Geometry) -> list[Polygon]:
    """Give the polygons in a geometry, leaving lines and points out."""
    return [part for part in shapely.get_parts(shapely.get_parts(any_shape)) if isinstance(part, Polygon)]


def pieces(polygon: Polygon) -> Iterator[Polygon]:
    """Halve a polygon across its longer side until no piece has more than MOST_VERTICES vertices."""
    if shapely.get_num_coordinates(polygon) <= MOST_VERTICES:
        yield polygon
        return
    west, south, east, north = polygon.bounds
    if east - west > north - south:
        middle = round((west + east) / 2 / STEP) * STEP
        halves = shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)
    else:
        middle = round((south + north) / 2 / STEP) * STEP
        halves = shapely.box(west, south, east, middle), shapely.box(west, middle, east, north)
    for half in halves:
        for part in polygons(polygon.intersection(half)):
            yield from pieces(part)


def packed(countries: Countries, codes: list[str]) -> dict[str, Any]:
    """Give the arrays that `imagescraper.geo.countries` unpacks: small differences of whole steps compress well."""
    shapes, owners = [], []
    for code in sorted(countries, key=lambda code: (countries[code].area, code)):
        for polygon in polygons(countries[code]):
            cut = list(pieces(polygon))
            shapes += cut
            owners += [codes.index(code)] * len(cut)
    _, coordinates, (rings, parts) = shapely.to_ragged_array(shapes)
    steps = np.round(coordinates / STEP).astype(np.int32)
    return {
        "steps": np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int32)),
        "rings": rings.astype(np.int32),
        "parts": parts.astype(np.int32),
        "owners": np.array(owners, np.int16),
    }


def build(target: Path) -> None:
    """Download the packages into a temporary folder and write the borders to a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        osm = osm_countries(unpacked(OSM, folder))
        coder, official = coder_countries(unpacked(CODER, folder))
        osm["AQ"] = coder["AQ"] = antarctic_land(unpacked(LAND, folder))
    codes = sorted(official)
    arrays: dict[str, Any] = {
        "step": np.array(STEP),
        "codes": np.array(codes),
        "names": np.array([official[code][0] for code in codes]),
        "sovereigns": np.array([codes.index(official[code][1]) for code in codes], np.int16),
    }
    for source, countries in {"osm": osm, "coder": coder}.items():
        arrays |= {f"{source}_{key}": array for key, array in packed(countries, codes).items()}
    np.savez_compressed(target, **arrays)


if __name__ == "__main__":
    build(Path(__file__).with_name("borders.npz"))
