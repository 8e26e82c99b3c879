import json
import subprocess
import sys

import pytest

from tests.end_to_end.project import Project


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, sandbox):
    project = Project(tmp_path_factory.mktemp("export"), sandbox.url)
    done = project.crawl("term=cat", "limit=8")
    assert done.returncode == 0, done.stderr
    return project


def test_one_row_a_line(crawled):
    done = crawled.scrapy("export", "--format", "jsonl", "-")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["_id"] for row in rows] == [row["_id"] for row in crawled.rows()]
    assert all(row["owner"].split(":")[1].startswith("gAAAA") for row in rows)


def test_the_originals_columns(crawled):
    done = crawled.scrapy("export", "--columns", "classic", "-")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 8
    assert all(row["cat prediction score"] is not None for row in rows)
    assert all(row["search term"] == "cat" for row in rows)


def test_a_reader_that_goes_before_the_end_is_no_accident(crawled):
    # More than a pipe holds, so that the writer meets the closed end.
    store = crawled.store()
    store.update({row["_id"]: {"title": "x" * 100_000} for row in store.rows()})
    store.close()
    command = [sys.executable, "-m", "scrapy", "export", "-"]
    with subprocess.Popen(
        command,
        cwd=crawled.folder,
        env=crawled.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.read(1) == "{"
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_a_file_is_never_overwritten(crawled):
    path = crawled.folder / "photos.jsonl"
    assert crawled.scrapy("export", path.name).returncode == 0
    before = path.read_bytes()
    assert len(before.splitlines()) == 8
    again = crawled.scrapy("export", path.name)
    assert again.returncode == 2
    assert again.stderr == "scrapy export: photos.jsonl exists already: remove it, or choose another name\n"
    assert path.read_bytes() == before


def test_no_name_is_wrong_use(crawled):
    done = crawled.scrapy("export")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_an_export_without_a_collection_says_so(project):
    done = project.scrapy("export", "-")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no collection" in done.stderr
