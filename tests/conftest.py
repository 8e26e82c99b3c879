"""What all tests share: which programs and data are there, and the browser that is driven."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.end_to_end.project import Project
from tests.sandbox_server import running_sandbox

REAL_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
# A loaded machine is no mistake of the code.
settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-tools", action="store_true", help="fail instead of skipping when Chromium or ExifTool is missing"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, and say why; let tests that need a browser come last."""
    lacking = {}
    if chromium() is None:
        lacking["browser"] = "Chromium is not installed"
    if shutil.which("exiftool") is None:
        lacking["exiftool"] = "ExifTool is not installed"
    if lacking and config.getoption("--all-tools"):
        raise pytest.UsageError(f"--all-tools: {', '.join(lacking.values())}")
    if not REAL_DATA.is_dir():
        lacking["realdata"] = "the folder ../shared/data with real photos is not here"
    for item in items:
        for mark, reason in lacking.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))
    # From the first of them on, Playwright's loop holds the main thread, and no asyncio test could run.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Stand in for the fixture of pytest-playwright 0.10, which makes pytest 9.2 warn; the pages need no base."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the system's Chromium, and let it ask nobody but this machine."""
    return {
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def sandbox():
    """A sandbox that many tests share; whoever sets faults takes them back."""
    with running_sandbox("--photos", "500", "--seed", "7") as running:
        yield running


@pytest.fixture
def project(tmp_path, sandbox):
    """A folder to crawl into."""
    yield Project(tmp_path, sandbox.url)
    sandbox.faults({})
