"""JSON Lines: one row a line, as it is stored; sealed fields are their tokens."""

import json
from datetime import datetime
from typing import Any

from imagescraper.store import Document


def line(row: Document) -> str:
    """Return a row as one line of JSON; times are ISO 8601."""
    return json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> str:  # noqa: ANN401 -- json hands over whatever it cannot write
    """Return a value that JSON has no form for."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a row holds a {type(value).__name__}")
