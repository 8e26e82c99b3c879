"""Measures how often a coordinate's country is right, beside the nearest city's country, and what a look-up costs.

    python -m benchmarks.place [--points 1000000]

The truth is the country of every airport in airportsdata; a territory counts as its sovereign state. "Near a border"
means that either of two rings around the airport, at 5 and 10 km, touches another state. Prints two Markdown tables.
"""

import argparse
import gc
import os
import subprocess
import sys
import time
from collections.abc import Sequence

import airportsdata
import numpy as np
import reverse_geocode
from numpy.typing import NDArray

from imagescraper.geo.areas import CountryArea
from imagescraper.geo.cities import EARTH_KM
from imagescraper.geo.countries import NONE
from imagescraper.geo.places import Places

Floats = NDArray[np.float64]
RING_KM, RING_POINTS = (5, 10), 16
SINGLES = 5000
ANYWHERE = 400_000  # random points all over the world, beside those around cities
PAGE = 250  # photos in one of Flickr's answers to a question with a box
START = "from imagescraper.geo.places import Places; Places().locate(14.6, 121.0)"


def states(places: Places, codes: Sequence[str | None]) -> NDArray[np.str_]:
    """Return the sovereign state of each code; none is the empty text."""
    countries, _ = places.load()
    pairs = zip(countries.codes, countries.sovereigns.tolist(), strict=True)
    state = {code: countries.codes[sovereign] or "" for code, sovereign in pairs}
    return np.array([state.get(code or None, code) for code in codes])


def near_border(places: Places, lats: Floats, lons: Floats, truth: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Tell for each point whether another state lies on one of the rings around it."""
    near = np.zeros(len(lats), bool)
    for km in RING_KM:
        degrees = np.degrees(km / EARTH_KM)
        for angle in np.linspace(0, 2 * np.pi, RING_POINTS, endpoint=False):
            around_lats = np.clip(lats + degrees * np.sin(angle), -90, 90)
            turned = lons + degrees * np.cos(angle) / np.maximum(np.cos(np.radians(lats)), 0.01)
            around = places.locate_many(around_lats, (turned + 180) % 360 - 180)
            other = states(places, [place.country_code for place in around])
            near |= (other != "") & (other != truth)
    return near


def accuracy(places: Places, lats: Floats, lons: Floats, truth: NDArray[np.str_]) -> None:
    """Print the share of right countries for the polygons and for the nearest city."""
    located = places.locate_many(lats, lons)
    cities = reverse_geocode.search(list(zip(lats, lons, strict=True)))
    answers = {
        "imagescraper.geo": states(places, [place.country_code for place in located]),
        "reverse_geocode, nearest city": states(places, [city["country_code"] for city in cities]),
    }
    border = near_border(places, lats, lons, truth)
    print(f"| {len(truth):,} airports | right | none | right near a border ({border.sum():,}) |")
    print("| --- | --- | --- | --- |")
    for name, answer in answers.items():
        right = answer == truth
        print(f"| {name} | {right.mean():.2%} | {(answer == '').mean():.2%} | {right[border].mean():.1%} |")
    uncertain = np.array([place.uncertain for place in located])
    wrong = answers["imagescraper.geo"] != truth
    print(f"\nCalled uncertain: {uncertain.mean():.2%} of all, {uncertain[wrong].mean():.0%} of the wrong ones.\n")


def coverage(places: Places) -> None:
    """Print how many points that have a country lie in none of the boxes asked for when that country is wanted."""
    countries, cities = places.load()
    rng = np.random.default_rng(3)
    lats = np.repeat(cities.lats, 6)
    lons = np.repeat(cities.lons, 6) + rng.normal(0, 0.5, len(lats)) / np.maximum(np.cos(np.radians(lats)), 0.1)
    lats = np.concatenate((lats + rng.normal(0, 0.5, len(lats)), np.degrees(np.arcsin(rng.uniform(-1, 1, ANYWHERE)))))
    lons = np.concatenate((lons, rng.uniform(-180, 180, ANYWHERE)))
    lats, lons = np.clip(lats, -90, 90), (lons + 180) % 360 - 180
    found = places.countries_of(lats, lons)
    outside, boxes = 0, {}
    for index, code in enumerate(filter(None, countries.codes)):
        own = found == index
        parts = CountryArea([code], places).boxes
        inside = np.zeros(own.sum(), bool)
        for box in parts:
            inside |= (
                (box.south <= lats[own]) & (lats[own] <= box.north) & (box.west <= lons[own]) & (lons[own] <= box.east)
            )
        outside += int((~inside).sum())
        boxes[code] = len(parts)
    mean, most = sum(boxes.values()) / len(boxes), max(boxes, key=lambda code: boxes[code])
    print(f"Outside their country's boxes: {outside} of {(found != NONE).sum():,} points around cities and anywhere.")
    print(f"Boxes a country: {mean:.1f} on average, at most {boxes[most]} ({most}).\n")


def start_seconds() -> tuple[float, float]:
    """Return the shortest wall and processor time of three that a fresh interpreter needs for its first point."""
    rounds = []
    for _ in range(3):
        begun, before = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", START], check=True)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        rounds.append((time.perf_counter() - begun, used))
    return min(rounds)


def cost(places: Places, lats: Floats, lons: Floats, wanted: int) -> None:
    """Print the time to start in a fresh process, for one point, and for many on one core."""
    start = start_seconds()
    rng = np.random.default_rng(1)
    chosen = rng.integers(0, len(lats), wanted)
    around = np.clip(lats[chosen] + rng.normal(0, 0.05, wanted), -90, 90)
    beside = np.clip(lons[chosen] + rng.normal(0, 0.05, wanted), -180, 180)
    begun, cpu = time.perf_counter(), time.process_time()
    places.locate_many(around, beside)
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu

    singles = list(zip(around[:SINGLES].tolist(), beside[:SINGLES].tolist(), strict=True))
    gc.disable()  # its pauses, of some ms, belong to the whole process and not to a point
    longest, begun, one_cpu = 0.0, time.perf_counter(), time.process_time()
    for lat, lon in singles:
        before = time.thread_time()
        places.locate(lat, lon)
        longest = max(longest, time.thread_time() - before)
    one_wall = (time.perf_counter() - begun) / len(singles)
    one_cpu = (time.process_time() - one_cpu) / len(singles)
    gc.enable()
    country = CountryArea(["PH"], places)
    begun, page_cpu = time.perf_counter(), time.process_time()
    for start_at in range(0, SINGLES, PAGE):
        country.contains(around[start_at : start_at + PAGE], beside[start_at : start_at + PAGE])
    page_wall = (time.perf_counter() - begun) * PAGE / SINGLES
    page_cpu = (time.process_time() - page_cpu) * PAGE / SINGLES
    print("| | wall time | processor time |\n| --- | --- | --- |")
    print(f"| start and first point, s | {start[0]:.2f} | {start[1]:.2f} |")
    print(f"| one point, ms | {one_wall * 1000:.3f} | {one_cpu * 1000:.3f} |")
    print(f"| the longest of {SINGLES:,} points, ms | | {longest * 1000:.2f} |")
    print(f"| a page of {PAGE} against a country, ms | {page_wall * 1000:.2f} | {page_cpu * 1000:.2f} |")
    print(f"| points/s, {wanted:,} at once | {wanted / wall:,.0f} | {wanted / cpu:,.0f} |")


def main() -> None:
    """Measure accuracy, coverage, then cost."""
    parser = argparse.ArgumentParser(description="Measure the look-up of places.")
    parser.add_argument("--points", type=int, default=1_000_000)
    options = parser.parse_args()
    airports = [airport for airport in airportsdata.load().values() if airport["country"]]
    places = Places()
    lats = np.array([airport["lat"] for airport in airports])
    lons = np.array([airport["lon"] for airport in airports])
    accuracy(places, lats, lons, states(places, [airport["country"] for airport in airports]))
    coverage(places)
    cost(places, lats, lons, options.points)


if __name__ == "__main__":
    main()
