"""What a label means: what the user says it means, the English noun it is, or the noun it is translated to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imagescraper.vision import concepts, nouns
from imagescraper.vision.languages import translate


@dataclass(frozen=True, slots=True)
class Meaning:
    """A label, the English noun that is looked for in its place, and how that was found."""

    label: str
    noun: str
    how: str = ""
    """`as` if the user says so, `translated` if the encoder does, nothing if the label is meant as it stands."""

    def coverage(self, plain: str) -> str:
        """Return the coverage as it is told: of a label in other words, these instead of the number of classes."""
        return f"{self.how}:{self.noun}" if self.how and plain != "none" else plain


def understand(labels: Sequence[str], score_as: Mapping[str, str]) -> list[Meaning]:
    """Return the meaning of each label; `score_as` is what the user says labels mean, and wins.

    A word that is an English noun is never translated, even where it is a word of another language too: "mono" is a
    disease in English, and the encoder cannot know better. Such words have to be given a meaning by `score_as`.
    """
    said = {concepts.normalise(label): noun for label, noun in score_as.items()}
    return [_meaning(label, said.get(concepts.normalise(label))) for label in labels]


def _meaning(label: str, said: str | None) -> Meaning:
    """Return what one label means."""
    if said:
        return Meaning(label, said, "as")
    if not label.strip() or concepts.find(label).classes or nouns.noun(label):
        return Meaning(label, label)
    translation = translate(label)
    return Meaning(label, translation, "translated") if translation else Meaning(label, label)
