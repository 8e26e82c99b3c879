"""Says what is known about scores, for people at a terminal."""

from imagescraper.vision.learned import Lesson
from imagescraper.vision.threshold import Agreement, Help, advise

WIDTH = 40
DOUBTFUL = 10


def threshold_text(help_: Help) -> str:
    """Return histogram, agreement with decisions, and the suggestion for a label."""
    highest = max(help_.histogram, default=0) or 1
    lines = [f'"{help_.label}": {sum(help_.histogram):,} scores, {help_.unscored:,} photos without one']
    for place, count in enumerate(help_.histogram):
        bar = "█" * round(WIDTH * count / highest) or ("▏" if count else "")
        lines.append(f"  {place / len(help_.histogram):.2f} {count:>7,} {bar}")
    lines += agreement_lines(help_.agreements, f"{help_.decided} decided photos")
    lines.append(f"  suggested threshold: {help_.threshold:.2f}, because {help_.reason}")
    return "\n".join(lines)


def lesson_text(lesson: Lesson) -> str:
    """Return what was learned and how well, on photos that were left out."""
    record = lesson.model.provenance
    sides = (
        f"{record['positive']} positive and {record['negative']} negative photos, {record['decided']} of them decided"
    )
    lines = [
        f'Learned "{lesson.model.label}" ({lesson.model.coverage}) from {sides}',
        f"  AUC {lesson.auc:.3f} on photos left out",
    ]
    ids = [example.photo for example in lesson.examples]
    truths = {example.photo: example.positive for example in lesson.examples}
    known = advise(lesson.model.label, dict(zip(ids, lesson.values.tolist(), strict=True)), truths, "learned")
    lines += agreement_lines(
        known.agreements, "what it was taught" if not record["decided"] else "terms and decisions"
    )
    lines.append(f"  suggested threshold: {known.threshold:.2f}, because {known.reason}")
    lines.append("  most doubtful, worth a decision:")
    lines += [f"    {value:.2f}  {example.photo}" for example, value in lesson.doubtful(DOUBTFUL)]
    return "\n".join(lines)


def agreement_lines(agreements: list[Agreement], by: str) -> list[str]:
    """Return a table of precision and recall by threshold."""
    if not agreements:
        return []
    lines = [f"  judged by {by}:", "  threshold    kept  precision  recall"]
    lines += [
        f"  {entry.threshold:>9.2f} {entry.kept:>7,} {percent(entry.precision):>10} {percent(entry.recall):>7}"
        for entry in agreements
    ]
    return lines


def percent(share: float | None) -> str:
    """Return a share for people; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"
