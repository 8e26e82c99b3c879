import contextlib
import os
import pty
import subprocess
import sys
import termios

from tests.end_to_end.project import CHECKOUT


def crawl(sandbox, folder, **streams):
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "imagescraper.settings",
        "PYTHONPATH": str(CHECKOUT),
        "FLICKR_KEY": "c0ffee",
        "FLICKR_API_URL": f"{sandbox.url}/services/rest/",
        "FLICKR_API_DELAY": "0.01",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "flickr", "-a", "term=cat", "-a", "limit=5", "-a", "size=none"]
    return subprocess.run(command, cwd=folder, env=environment, check=True, **streams)


def read_all(terminal):
    """Return everything a terminal was sent before its last writer left."""
    parts = []
    with os.fdopen(terminal, "rb", buffering=0) as file, contextlib.suppress(OSError):
        while part := file.read(4096):
            parts.append(part)
    return b"".join(parts).decode(errors="replace")


def test_a_terminal_shows_how_far_the_crawl_is(sandbox, tmp_path):
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 160))
    crawl(sandbox, tmp_path, stderr=theirs, stdout=subprocess.PIPE)
    os.close(theirs)
    shown = read_all(ours)
    assert "5/5" in shown
    assert "stored 5" in shown
    assert "3,599 API calls left" in shown


def test_a_log_file_does_not(sandbox, tmp_path):
    done = crawl(sandbox, tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    assert b"5/5" not in done.stderr
