import importlib.util
from pathlib import Path

from imagescraper import settings
from imagescraper.arguments import FlickrArguments

ROOT = Path(__file__).resolve().parent.parent


def test_the_data_format_page_is_the_table_of_fields():
    path = ROOT / "docs" / "build.py"
    spec = importlib.util.spec_from_file_location("docs_build", path)
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8") == build.data_format(), (
        "run python -m docs.build"
    )


def test_every_argument_is_in_the_guide():
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    for name, field in FlickrArguments.model_fields.items():
        assert f"| `{name}` |" in guide
        assert field.description
        assert field.examples


def test_every_setting_from_the_environment_is_in_the_guide():
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    source = Path(settings.__file__).read_text(encoding="utf-8")
    names = [line.split(" = ")[0] for line in source.splitlines() if "_given.get(" in line]
    assert len(names) > 8
    assert [name for name in names if f"| `{name}` |" not in guide] == []
