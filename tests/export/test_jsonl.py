import json
from datetime import UTC, datetime

import pytest

from imagescraper.export.jsonl import line


def test_one_row_one_line():
    text = line(
        {"_id": "flickr:1", "title": "サル\nقرد", "date_taken": datetime(2012, 6, 6, tzinfo=UTC), "views": None}
    )
    assert text.count("\n") == 1
    assert "サル" in text
    assert json.loads(text) == {
        "_id": "flickr:1",
        "title": "サル\nقرد",
        "date_taken": "2012-06-06T00:00:00+00:00",
        "views": None,
    }


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="bytes"):
        line({"_id": "flickr:1", "data": b"x"})
