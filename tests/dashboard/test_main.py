import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from dashboard.__main__ import main


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_it_is_interrupted(settings, tmp_path, interruption):
    command = [sys.executable, "-m", "dashboard", "--port", "0", "--store", settings.store_uri]
    environment = {"PYTHONPATH": ":".join(sys.path), "IMAGES_STORE": str(settings.images), "HOME": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment) as process:
        try:
            line = process.stdout.readline().strip()
            address = re.fullmatch(r"dashboard at (http://127\.0\.0\.1:\d+)", line).group(1)
            with urllib.request.urlopen(f"{address}/pictures/thumbnail/flickr:1000", timeout=30) as answer:
                assert answer.headers["Content-Type"] == "image/webp"
            process.send_signal(interruption)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", ""])
def test_listens_on_this_machine_only(host, capsys):
    assert main(["--host", host]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "listens on this machine only" in told.err
