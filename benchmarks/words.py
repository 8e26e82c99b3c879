"""Counts which words of other languages the local scorer understands.

    python -m benchmarks.words

Ten nouns in fourteen languages, as a user may give them as labels. The classifier knows the first five of them: these
are right if the noun that a word is taken for has much the same classes. It does not know the others: these are right
if they are left without a score. Prints a Markdown table, and every word that is taken for something else.
"""

from imagescraper.vision.concepts import find
from imagescraper.vision.meanings import understand

KNOWN = ("monkey", "dog", "bird", "elephant", "car")
UNKNOWN = ("cage", "tree", "beach", "wedding", "snow")
WORDS = {
    "ar": "قرد كلب طائر فيل سيارة قفص شجرة شاطئ زفاف ثلج",
    "de": "Affe Hund Vogel Elefant Auto Käfig Baum Strand Hochzeit Schnee",
    "es": "mono perro pájaro elefante coche jaula árbol playa boda nieve",
    "fr": "singe chien oiseau éléphant voiture cage arbre plage mariage neige",
    "it": "scimmia cane uccello elefante automobile gabbia albero spiaggia matrimonio neve",
    "ja": "猿 犬 鳥 象 車 檻 木 浜辺 結婚式 雪",
    "ko": "원숭이 개 새 코끼리 자동차 우리 나무 해변 결혼식 눈",
    "nl": "aap hond vogel olifant auto kooi boom strand bruiloft sneeuw",
    "pl": "małpa pies ptak słoń samochód klatka drzewo plaża ślub śnieg",
    "pt": "macaco cão pássaro elefante carro gaiola árvore praia casamento neve",
    "ru": "обезьяна собака птица слон машина клетка дерево пляж свадьба снег",
    "th": "ลิง สุนัข นก ช้าง รถยนต์ กรง ต้นไม้ ชายหาด งานแต่งงาน หิมะ",
    "tr": "maymun köpek kuş fil araba kafes ağaç plaj düğün kar",
    "zh": "猴子 狗 鸟 大象 汽车 笼子 树 海滩 婚礼 雪",
}


def right(noun: str, meant: str) -> bool:
    """Tell whether a score for one noun would do for another; for one without classes only no score does."""
    got, wanted = set(find(noun).classes), set(find(meant).classes)
    return bool(got & wanted) and len(got) <= 2 * len(wanted) if wanted else not got


def main() -> None:
    """Print how many words are understood, and the others."""
    counts = {KNOWN: 0, UNKNOWN: 0}
    wrong = []
    for language, words in WORDS.items():
        for meant, meaning in zip(KNOWN + UNKNOWN, understand(words.split(), {}), strict=True):
            if right(meaning.noun, meant):
                counts[KNOWN if meant in KNOWN else UNKNOWN] += 1
            else:
                wrong.append(f"- {language}: {meaning.label}, which is {meant}, is taken for {meaning.noun}")
    print("| words for | understood |\n| --- | --- |")
    for nouns, count in counts.items():
        print(f"| {', '.join(nouns)} | {count} of {len(nouns) * len(WORDS)} |")
    print("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
