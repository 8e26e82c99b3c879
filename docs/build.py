"""Writes docs/data-format.md from the table of fields: `python docs/build.py`."""

from pathlib import Path

from imagescraper.photo import CLASSIC_COLUMNS, FIELDS, Field

PAGE = Path(__file__).parent / "data-format.md"

HEAD = """# The data format

One row a photo. `scrapy export` writes these fields, and any program that reads SQLite and BSON finds them in the
column `doc` of the table `photos`. What is not known is null, and never 0 or "". This page is made by
`python docs/build.py`.

`_id` is `<source>:<photo id>`, as in `flickr:30885328974`.

*sealed*: a token `<key id>:<Fernet token>`, readable only with the data key. *indexed*: a column of its own.
*apart*: sealed in a table of its own, `segments`. *adds up*: values are added when the photo is found again.
"""

TAIL = f"""
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
    lines = [HEAD]
    group = None
    for field in FIELDS.values():
        if field.transient:
            continue
        if field.group != group:
            group = field.group
            lines.append(f"\n## {group.capitalize()}\n\n| field | label | type | | |\n| --- | --- | --- | --- | --- |")
        lines.append(f"| `{field.name}` | {field.label} | {field.type} | {field.about} | {traits(field)} |")
    return "\n".join(lines) + "\n" + TAIL


if __name__ == "__main__":
    PAGE.write_text(data_format(), encoding="utf-8")
