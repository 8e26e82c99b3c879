import importlib.util
import json
import signal
import socket
import subprocess
import sys

import pytest

from sandbox.__main__ import main
from tests.sandbox_server import CHECKOUT, running_sandbox

from .conftest import fetch, rest_url


@pytest.fixture
def refused(capsys):
    """Run with arguments that must be refused; return the one line that says why."""

    def run(*arguments):
        try:
            status = main(arguments)
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        assert (status, said.out, said.err.count("\n")) == (2, "", 1)
        return said.err

    return run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--photos", "0"], "0 is not between 1 and"),
        (["--photos", "many"], "invalid"),
        (["--port", "70000"], "70000 is no port"),
        (["--gone", "2"], "2 is not between 0 and 1"),
        (["--faults", "{"], "not JSON"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["--folder", "/nonexistent"], "/nonexistent/photos.jsonl: No such file or directory"),
        (["--host", "203.0.113.1", "--port", "0"], "203.0.113.1"),
    ],
)
def test_bad_arguments_are_refused_in_one_line_with_status_2(refused, arguments, message):
    assert message in refused(*arguments)


def test_a_port_in_use_is_said(refused):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "address already in use" in refused("--port", str(taken.getsockname()[1])).casefold()


def test_a_bad_line_of_a_folder_is_named(refused, tmp_path):
    (tmp_path / "photos.jsonl").write_text('{"title": "x"}')
    assert "photos.jsonl line 1: filename: Field required" in refused("--folder", str(tmp_path))


def test_missing_picture_packages_are_named_with_the_remedy(refused, monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "sklearn" else real(name, *rest)
    )
    assert "sklearn: pip install -r requirements-sandbox.txt" in refused()


def test_the_process_says_the_same():
    command = [sys.executable, "-m", "sandbox", "--photos", "0"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_status_0(number):
    with running_sandbox("--photos", "10") as running:
        running.process.send_signal(number)
        assert running.process.wait(timeout=10) == 0


def test_two_processes_with_one_seed_give_the_same_bytes():
    answers = []
    for _ in range(2):
        with running_sandbox("--photos", "200", "--seed", "11") as running:
            url = rest_url(running, "flickr.photos.search", text="cat", extras="url_o,url_m,description,geo,tags")
            body = fetch(url).body.replace(running.url.replace("/", r"\/").encode(), b"")
            row = json.loads(fetch(url).body)["photos"]["photo"][0]
            answers.append((body, fetch(row["url_m"]).body, fetch(row.get("url_o", row["url_m"])).body))
    assert answers[0] == answers[1]
