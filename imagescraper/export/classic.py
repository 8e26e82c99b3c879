"""The columns of the original Smart Image Scraper, under its own names."""

from typing import Any

from imagescraper.photo import CLASSIC_COLUMNS, FIELDS
from imagescraper.store import Document


def classic(row: Document) -> dict[str, Any]:
    """Return a row under the original's column names, with a "<label> prediction score" for every label.

    Values are as in the original where it had them: lists are joined by blanks, terms by |. Unlike there, what is
    not known is null, and never 0, "" or 0.49.
    """
    moment = row["downloaded_at"]
    special = {
        "search term": "|".join(row["search_terms"]),
        "date of download": moment.date().isoformat() if moment else None,
        "time of download": moment.time().isoformat("seconds") if moment else None,
        "date taken": row["date_taken"].strftime("%Y-%m-%d %H:%M:%S") if row["date_taken"] else None,
        "tags": " ".join(row["tags"]),
        "machine tags": " ".join(row["machine_tags"]),
    }
    names = {field.label: field.name for field in FIELDS.values()}
    columns = {label: special[label] if label in special else row[names[label]] for label in CLASSIC_COLUMNS}
    return columns | {f"{score['label']} prediction score": score["value"] for score in row["scores"]}
