import pytest

from imagescraper.vision.concepts import find, normalise, table, words


@pytest.mark.parametrize(
    ("term", "lemma", "coverage"),
    [
        ("dog", "dog", "hypernym:118"),
        ("cat", "cat", "hypernym:7"),
        ("bird", "bird", "hypernym:59"),
        ("primate", "primate", "hypernym:20"),
        ("chimpanzee", "chimpanzee", "exact"),
        ("golden retriever", "golden retriever", "exact"),
        ("flower", "flower", "partial:2"),
        ("person", "person", "partial:3"),
    ],
)
def test_noun_is_answered_by_its_classes(term, lemma, coverage):
    concept = find(term)
    assert (concept.lemma, concept.coverage) == (lemma, coverage)


@pytest.mark.parametrize("term", ["cage", "tree", "sky", "beach", "wedding", "猿", "обезьяна", "xyzzy", "", "-"])
def test_term_without_classes_is_not_covered(term):
    assert find(term).coverage == "none"
    assert find(term).classes == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Monkeys", "monkey"),
        ("CATS", "cat"),
        ("foxes", "fox"),
        ("buses", "bus"),
        ("butterflies", "butterfly"),
        ("wolves", "wolf"),
        ("knives", "knife"),
        ("geese", "goose"),
        ("hippopotami", "hippopotamus"),
        ("Golden_Retrievers", "golden retriever"),
        ("golden-retriever", "golden retriever"),
        ("Jack-o’-Lanterns", "jack o' lantern"),
        (' "golden   retriever" ', "golden retriever"),
    ],
)
def test_case_plural_and_spelling_are_folded(written, meant):
    assert find(written) == find(meant)
    assert find(written).classes


def test_word_that_ends_like_a_plural_is_taken_as_it_is():
    assert find("bus").lemma == "bus"


def test_everyday_monkey_counts_apes_but_no_lemurs():
    monkey, ape, primate, lemur = (set(find(term).classes) for term in ("monkey", "ape", "primate", "lemur"))
    assert len(ape) == 5
    assert ape < monkey < primate
    assert primate - monkey == lemur
    assert find("monkey").coverage == "hypernym:18"


@pytest.mark.parametrize("term", ["mouse", "wood", "wind", "arm", "plant", "kite", "light"])
def test_rare_sense_does_not_answer_for_the_usual_one(term):
    assert find(term).coverage == "none"


@pytest.mark.parametrize(("term", "narrower"), [("seal", "sea lion"), ("crane", "crane"), ("cup", "coffee mug")])
def test_sense_that_people_photograph_is_taken(term, narrower):
    assert set(find(narrower).classes) <= set(find(term).classes)


def test_crane_is_the_bird_and_the_machine():
    assert find("crane").classes == (134, 517)


def test_table_holds_sound_rows():
    assert len(table()) > 3000
    for lemma, (kind, ranges) in table().items():
        assert normalise(lemma) == lemma
        assert kind in {"exact", "hypernym", "partial"}
        numbers = [number for pair in ranges for number in pair]
        assert numbers == sorted(numbers)
        assert 0 <= numbers[0] <= numbers[-1] < 1000


@pytest.mark.parametrize(
    ("term", "labels"),
    [
        ("monkey cage", ["monkey", "cage"]),
        ("Monkey  monkey", ["monkey"]),
        ('"golden retriever" park', ["golden retriever", "park"]),
        ("golden retriever", ["golden", "retriever"]),
        ('"monkey cage"', ["monkey", "cage"]),
        ('"golden   retriever', ["golden retriever"]),
        ("monkey -zoo cage", ["monkey", "cage"]),
        ('monkey -"animal park" cage', ["monkey", "cage"]),
        ("sea-lion", ["sea-lion"]),
        ("monkey, cage!", ["monkey", "cage"]),
        ("monkeys in a cage", ["monkeys", "cage"]),
        ("affe käfig", ["affe", "käfig"]),
        ("обезьяна в клетке", ["обезьяна в клетке"]),
        ("monkey 猿 檻", ["monkey", "猿 檻"]),
        ("", []),
        ("-zoo", []),
    ],
)
def test_search_term_is_split_into_labels(term, labels):
    assert words(term) == labels
