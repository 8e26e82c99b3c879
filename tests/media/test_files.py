import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from threading import Thread

import pytest

from imagescraper.media.files import LocalFiles, MissingExtra, S3Files, open_files, written_atomically

NAME = "full/30885328974.jpg"


@pytest.fixture(params=["local", "s3"])
def files(request, tmp_path):
    """Both places behave alike."""
    return LocalFiles(tmp_path / "pictures") if request.param == "local" else request.getfixturevalue("bucket")


@pytest.fixture(scope="module")
def s3_address():
    """The address of a local S3."""
    pytest.importorskip("boto3", reason="boto3 is not installed")
    server = pytest.importorskip("moto.server", reason="moto[server] is not installed").ThreadedMotoServer(
        ip_address="127.0.0.1", port=0, verbose=False
    )
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_address, monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": s3_address,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{s3_address}/moto-api/reset", method="POST")).close()
    urllib.request.urlopen(urllib.request.Request(f"{s3_address}/pictures", method="PUT")).close()
    files = open_files("s3://pictures/flickr/2026/")
    assert isinstance(files, S3Files)
    return files


def test_gives_back_what_was_put(files):
    files.put(NAME, b"one")
    assert files.get(NAME) == b"one"
    files.put(NAME, b"two")
    assert files.get(NAME) == b"two"


def test_what_is_missing_is_said_to_be(files):
    with pytest.raises(FileNotFoundError):
        files.get(NAME)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a.jpg",
        "full/../../a.jpg",
        "/etc/passwd",
        "full//a.jpg",
        "full/",
        ".hidden",
        "full/.a.jpg.0",
        "a\0.jpg",
        "a\n",
        "a b.jpg",
        "C:\\a.jpg",
        "full\\a.jpg",
        "é.jpg",
        "a" * 300,
        "~/a",
        "%2e%2e/a",
    ],
)
def test_other_names_are_refused(files, name):
    for act in (files.get, lambda name: files.put(name, b"")):
        with pytest.raises(ValueError, match="not a picture's name"):
            act(name)


def test_s3_keeps_the_prefix(bucket):
    bucket.put(NAME, b"one")
    assert S3Files("pictures").get(f"flickr/2026/{NAME}") == b"one"


@pytest.mark.usefixtures("bucket")
def test_s3_tells_a_failure_from_a_missing_object():
    with pytest.raises(Exception, match="NoSuchBucket"):
        S3Files("elsewhere").get(NAME)


def test_s3_without_boto3_names_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(MissingExtra, match=r"pip install boto3") as caught:
        open_files("s3://pictures")
    assert "\n" not in str(caught.value)


def test_addresses(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_files("pictures").path("a.jpg") == Path("pictures/a.jpg")
    assert open_files(f"file://{tmp_path}/with%20space").path("a.jpg") == tmp_path / "with space" / "a.jpg"
    for address in ("ftp://host/a", "file://host/a", "s3://", "gs://bucket"):
        with pytest.raises(ValueError, match="not under"):
            open_files(address)


def test_the_mode_follows_the_umask(tmp_path):
    files = LocalFiles(tmp_path)
    before = os.umask(0o027)
    try:
        files.put(NAME, b"one")
    finally:
        os.umask(before)
    assert files.path(NAME).stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), written_atomically(path) as file:
        file.writelines([b"new", None])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_killed_process_leaves_nothing_under_the_name(tmp_path):
    script = (
        "import sys; from pathlib import Path; from imagescraper.media.files import written_atomically\n"
        "with written_atomically(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); print('writing', flush=True); sys.stdin.read()\n"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", script, str(tmp_path / "a.jpg")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    files = LocalFiles(tmp_path)
    with pytest.raises(FileNotFoundError):
        files.get("a.jpg")
    left = [path.name for path in tmp_path.iterdir()]
    assert len(left) == 1
    with pytest.raises(ValueError, match="not a picture's name"):
        files.get(left[0])


def test_many_writers_of_one_name_never_show_a_mixture(tmp_path):
    files = LocalFiles(tmp_path)
    contents = [bytes([letter]) * 50_000 for letter in b"abcdef"]
    files.put("a.jpg", contents[0])
    seen = set()
    threads = [Thread(target=lambda data=data: [files.put("a.jpg", data) for _ in range(10)]) for data in contents]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen.add(files.get("a.jpg"))
    seen.add(files.get("a.jpg"))
    assert seen <= set(contents)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
