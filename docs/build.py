"""Writes docs/data-format.md from the table of fields: `python -m docs.build`."""

from pathlib import Path

from imagescraper.photo import CLASSIC_COLUMNS, FIELDS, Field

PAGE = Path(__file__).parent / "data-format.md"

HEAD = """# The data format

One row a photo. `scrapy export` writes these fields, save those that lie apart, and any program that reads SQLite and
BSON finds them in the column `doc` of the table `photos`. What is not known is null, and never 0 or "". This page is
made by `python -m docs.build`.

`_id` is `<source>:<photo id>`, as in `flickr:30885328974`.

*sealed*: a token `<key id>:<Fernet token>`, readable only with the data key. *indexed*: a column of its own.
*apart*: in a table of its own, `segments` or `embeddings`. *adds up*: values are added when the photo is found again.
"""

TAIL = f"""
## Beside the photos

A score is `{{"label", "value", "scorer", "coverage"}}`. The coverage says what the value rests on:

| coverage | |
| --- | --- |
| `exact` | the scorer has just this class, or Google named just this label |
| `hypernym:13` | the sum of 13 classes that are kinds of it |
| `partial:2` | only few of its kinds are classes: they show it present, never absent: below 0.5 it is null |
| `narrower:macaque` | Google named a kind of it |
| `as:monkey` | answered as the noun that the user gave |
| `translated:monkey` | answered as the English noun that is nearest |
| `learned:cage-20261122-190631` | a model of the collection's own, and which |
| `below:0.5` | Google named nothing of the kind; it names nothing below 0.5. The value is null |
| `failed`, `unpaid` | Google did not answer, or was not asked for want of money. The value is null |
| `none` | the scorer does not know the label. The value is null |

An embedding is 1,280 half-precision numbers (2,560 bytes, little-endian): the features before the last layer of
EfficientNet-Lite2 for the whole picture. The table `decisions` holds what people decided: label, photo, accepted.
A learned model is JSON in the table `meta`, under `model:<label>`: `weights` (1,280), `bias`, and its `provenance`;
the value is the logistic function of weights · embedding / |embedding| + bias.

## The original's columns

`scrapy export --columns classic` writes {", ".join(f"*{column}*" for column in CLASSIC_COLUMNS)}, and a
*&lt;label&gt; prediction score* for every label.
"""


def traits(field: Field) -> str:
    """Return what is special about a field."""
    named = {"sealed": field.sensitive, "apart": field.apart, "indexed": field.indexed, "adds up": field.merged}
    return ", ".join(name for name, holds in named.items() if holds)


def data_format() -> str:
    """Return the page."""
    groups: dict[str, list[Field]] = {}
    for field in FIELDS.values():
        if not field.transient:
            groups.setdefault(field.group, []).append(field)
    lines = [HEAD]
    for group, fields in groups.items():
        lines.append(f"\n## {group.capitalize()}\n\n| field | label | type | | |\n| --- | --- | --- | --- | --- |")
        lines += [
            f"| `{field.name}` | {field.label} | {field.type} | {field.about} | {traits(field)} |" for field in fields
        ]
    return "\n".join(lines) + "\n" + TAIL


if __name__ == "__main__":
    PAGE.write_text(data_format(), encoding="utf-8")
