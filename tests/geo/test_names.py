import pytest

from imagescraper.geo.countries import Countries
from imagescraper.geo.names import ALIASES, find


@pytest.fixture(scope="module")
def countries():
    return Countries.load()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Philippines", "PH"),
        ("the philippines", "PH"),
        ("PH", "PH"),
        ("phl", "PH"),
        ("608", "PH"),
        ("Filipinas", "PH"),
        ("フィリピン", "PH"),
        ("菲律賓", "PH"),
        ("الفلبين", "PH"),
        ("Malasia", "MY"),
        ("UK", "GB"),
        ("USA", "US"),
        ("Holland", "NL"),
        ("Russia", "RU"),
        ("Россия", "RU"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Elfenbeinküste", "CI"),
        ("Swaziland", "SZ"),
        ("Laos", "LA"),
        ("Syrian Arab Republic", "SY"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Bosnia and Herzegovina", "BA"),
        ("Bosnia & Herzegovina", "BA"),
        ("Timor-Leste", "TL"),
        ("Kosovo", "XK"),
        ("Hong Kong", "HK"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Congo", "CG"),
        ("भारत", "IN"),
    ],
)
def test_what_people_call_a_country(countries, name, code):
    assert find(name, countries) == code


def test_every_country_is_found_by_its_code_and_by_its_own_name(countries):
    for code, name in zip(countries.codes[:-1], countries.names[:-1], strict=True):
        assert find(code, countries) == find(name, countries) == code


def test_every_alias_leads_somewhere(countries):
    for alias, code in ALIASES.items():
        assert find(alias, countries) == code


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Philipines", ["Philipines", "did you mean Philippines (PH)"]),
        ("Malaisya", ["Malaysia (MY)"]),
        ("Korea", ["South Korea (KR)"]),
        ("kongo", ["(CD) or", "(CG)", "write the code"]),
        ("EU", ["no country is called 'EU'"]),
        ("", ["English name", "ISO 3166-1"]),
        ("xyzzy", ["English name", "ISO 3166-1"]),
    ],
)
def test_an_unknown_name_is_one_line_with_what_was_perhaps_meant(countries, name, words):
    with pytest.raises(ValueError, match=r"country|code") as caught:
        find(name, countries)
    line = str(caught.value)
    assert "\n" not in line
    for word in words:
        assert word in line
