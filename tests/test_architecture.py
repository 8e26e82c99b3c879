"""The rules of docs/architecture.md, read from the imports."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ("flickr", "media", "exif", "geo", "vision", "privacy", "store", "export")
SHARED = {"imagescraper.photo", "imagescraper.batching"}


def imports(path):
    """Return the full names of what a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules(folder):
    return sorted((ROOT / folder).rglob("*.py"))


def begins(name, prefix):
    return name == prefix or name.startswith(prefix + ".")


@pytest.mark.parametrize("room", DOMAIN)
def test_domain_packages_know_neither_scrapy_nor_dash_nor_each_other(room):
    allowed = {f"imagescraper.{room}", *SHARED} | ({"imagescraper.store"} if room == "export" else set())
    found = modules(f"imagescraper/{room}")
    assert found
    for path in found:
        for name in imports(path):
            assert not any(begins(name, other) for other in ("scrapy", "dash", "twisted", "dashboard", "sandbox")), (
                path
            )
            if begins(name, "imagescraper"):
                assert any(begins(name, prefix) for prefix in allowed), f"{path} imports {name}"
        if path.name != "build.py":
            assert "environ" not in path.read_text(encoding="utf-8"), path


def floors():
    """Return the floor of each room, as the page draws them."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {
        room.removesuffix("/").removesuffix(".py"): int(line[0])
        for line in re.findall(r"^[1-4]  .+$", page, re.MULTILINE)
        for room in line[1:].split()
    }


def test_a_room_uses_its_own_floors_and_lower_rooms():
    floor = floors()
    assert {*DOMAIN, "spiders", "commands", "pipelines", "dashboard"} <= set(floor)
    for path in [*modules("imagescraper"), *modules("dashboard")]:
        own = path.relative_to(ROOT / "imagescraper" if path.is_relative_to(ROOT / "imagescraper") else ROOT)
        room = own.parts[0].removesuffix(".py")
        for name in imports(path):
            used = name.split(".")[1] if begins(name, "imagescraper") else ""
            assert floor.get(used, 0) <= floor.get(room, 4), f"{path} imports {name}"


def test_the_crawler_imports_neither_dashboard_nor_sandbox():
    for path in modules("imagescraper"):
        assert not any(begins(name, other) for name in imports(path) for other in ("dashboard", "sandbox")), path


def test_the_sandbox_is_somebody_elses():
    for path in modules("sandbox"):
        assert not any(begins(name, other) for name in imports(path) for other in ("dashboard", "imagescraper")), path


def test_the_dashboard_reads_the_record_and_the_store_alone():
    for path in modules("dashboard"):
        for name in imports(path):
            if begins(name, "imagescraper"):
                assert begins(name, "imagescraper.photo") or begins(name, "imagescraper.store"), (
                    f"{path} imports {name}"
                )


def test_no_module_is_long():
    for folder in ("imagescraper", "dashboard", "sandbox"):
        for path in modules(folder):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
