"""Compares the free scorers with the recorded scores of a paid one, photo by photo.

    python -m benchmarks.scores [FOLDER]

FOLDER holds pictures and `photos.jsonl` with, for each, `filename`, `search term`, `species prediction score` and
`cage prediction score` as Google Cloud Vision gave them in 2021 (0.49: it named nothing). Prints the table of
agreement of the local scorer, how well "cage" is learned from the two search terms alone (each photo judged by a model
that never saw it), and every disagreement by file name.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path
from sklearn.metrics import roc_auc_score

from imagescraper.media.renditions import render
from imagescraper.vision.learned import Example, learn
from imagescraper.vision.local import LocalScorer

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
LABELS = ("primate", "monkey")
NOTHING = 0.5
FOLDS = (5, 10)


def agreement(name: str, ours: list[float], theirs: list[float], files: list[str]) -> None:
    """Print the table of two scorers at 0.5, and where they differ."""
    mine, paid = np.array(ours) >= NOTHING, np.array(theirs) >= NOTHING
    print(f"\n{name}: {np.mean(mine == paid):.0%} agree\n")
    print("| | Google ≥ 0.5 | Google names nothing |\n| --- | --- | --- |")
    for word, rows in (("≥ 0.5", mine), ("< 0.5", ~mine)):
        print(f"| {name} {word} | {(rows & paid).sum()} | {(rows & ~paid).sum()} |")
    print()
    for file, mine_, paid_ in zip(files, ours, theirs, strict=True):
        if (mine_ >= NOTHING) != (paid_ >= NOTHING):
            print(f"- {file}: {name} {mine_:.2f}, Google {'nothing' if paid_ < NOTHING else f'{paid_:.2f}'}")


def main() -> None:
    """Score, learn, compare."""
    parser = argparse.ArgumentParser(description="Compare the free scorers with a paid one.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    if not (folder / "photos.jsonl").is_file():
        print(f"benchmarks.scores needs real photos, and {folder} holds none: left out")
        return
    records = [json.loads(line) for line in (folder / "photos.jsonl").read_text(encoding="utf-8").splitlines()]
    files = [record["filename"] for record in records]
    sights = LocalScorer(user_cache_path("smart-image-scraper")).look(
        [render((folder / file).read_bytes()).preview for file in files], LABELS
    )
    species = [record["species prediction score"] for record in records]
    for place, label in enumerate(LABELS):
        agreement(f"local {label}", [sight.scores[place].value or 0.0 for sight in sights], species, files)

    cages = [record["cage prediction score"] for record in records]
    truth = np.array(cages) >= NOTHING
    examples = [
        Example(file, sight.embedding, record["search term"] == "monkey cage", file)
        for file, sight, record in zip(files, sights, records, strict=True)
        if sight.embedding is not None
    ]
    print("\n| learned cage, judged by | AUC against Google | AUC against the terms |\n| --- | --- | --- |")
    for folds in (*FOLDS, len(examples)):
        lesson = learn("cage", "benchmark", examples, {}, folds=folds)
        way = "leaving one out" if folds == len(examples) else f"{folds} folds"
        print(f"| {way} | {roc_auc_score(truth, lesson.values):.3f} | {lesson.auc:.3f} |")
    agreement("learned cage", lesson.values.tolist(), cages, files)


if __name__ == "__main__":
    main()
