"""Where the sandbox's members live and travel."""

from typing import NamedTuple


class Place(NamedTuple):
    """A town with a point well inside it, on land."""

    city: str
    region: str
    country: str
    latitude: float
    longitude: float
    language: str  # of the members who live there, or English


PLACES = (
    Place("Sandakan", "Sabah", "Malaysia", 5.868, 118.056, "en"),
    Place("Kuching", "Sarawak", "Malaysia", 1.527, 110.350, "zh"),
    Place("Puerto Princesa", "Palawan", "Philippines", 9.762, 118.747, "en"),
    Place("Baguio", "Benguet", "Philippines", 16.412, 120.593, "en"),
    Place("Davao City", "Davao del Sur", "Philippines", 7.085, 125.578, "en"),
    Place("Nairobi", "Nairobi County", "Kenya", -1.286, 36.817, "en"),
    Place("Arusha", "Arusha", "Tanzania", -3.375, 36.690, "en"),
    Place("Kyoto", "Kyoto Prefecture", "Japan", 35.011, 135.768, "ja"),
    Place("Matsumoto", "Nagano Prefecture", "Japan", 36.236, 137.966, "ja"),
    Place("Sapporo", "Hokkaido", "Japan", 43.055, 141.345, "ja"),
    Place("Cusco", "Cusco", "Peru", -13.525, -71.968, "es"),
    Place("Oaxaca", "Oaxaca", "Mexico", 17.068, -96.722, "es"),
    Place("Córdoba", "Córdoba", "Argentina", -31.417, -64.188, "es"),
    Place("Granada", "Andalucía", "Spain", 37.178, -3.600, "es"),
    Place("Reykjavík", "Capital Region", "Iceland", 64.131, -21.880, "en"),
    Place("Suva", "Central", "Fiji", -18.118, 178.440, "en"),
    Place("Lyon", "Auvergne-Rhône-Alpes", "France", 45.758, 4.840, "fr"),
    Place("Toulouse", "Occitanie", "France", 43.604, 1.444, "fr"),
    Place("Sherbrooke", "Québec", "Canada", 45.402, -71.894, "fr"),
    Place("Freiburg", "Baden-Württemberg", "Germany", 47.997, 7.842, "de"),
    Place("Leipzig", "Sachsen", "Germany", 51.340, 12.375, "de"),
    Place("Graz", "Steiermark", "Austria", 47.070, 15.438, "de"),
    Place("Chengdu", "Sichuan", "China", 30.660, 104.063, "zh"),
    Place("Xi'an", "Shaanxi", "China", 34.260, 108.943, "zh"),
    Place("Taichung", "Taichung", "Taiwan", 24.144, 120.680, "zh"),
    Place("Cairo", "Cairo", "Egypt", 30.050, 31.247, "ar"),
    Place("Marrakesh", "Marrakesh-Safi", "Morocco", 31.631, -8.000, "ar"),
    Place("Amman", "Amman", "Jordan", 31.952, 35.923, "ar"),
    Place("Kazan", "Tatarstan", "Russia", 55.790, 49.122, "ru"),
    Place("Novosibirsk", "Novosibirsk Oblast", "Russia", 55.040, 82.920, "ru"),
    Place("Siena", "Toscana", "Italy", 43.320, 11.331, "it"),
    Place("Torino", "Piemonte", "Italy", 45.068, 7.680, "it"),
    Place("Coimbra", "Coimbra", "Portugal", 40.207, -8.425, "pt"),
    Place("Belo Horizonte", "Minas Gerais", "Brazil", -19.920, -43.940, "pt"),
    Place("Manaus", "Amazonas", "Brazil", -3.095, -60.020, "pt"),
    Place("Boulder", "Colorado", "United States", 40.017, -105.270, "en"),
    Place("Asheville", "North Carolina", "United States", 35.587, -82.555, "en"),
    Place("Sheffield", "England", "United Kingdom", 53.378, -1.470, "en"),
    Place("Alice Springs", "Northern Territory", "Australia", -23.698, 133.875, "en"),
    Place("Hamilton", "Waikato", "New Zealand", -37.787, 175.282, "en"),
    Place("Jaipur", "Rajasthan", "India", 26.915, 75.805, "en"),
    Place("Chiang Mai", "Chiang Mai", "Thailand", 18.790, 98.985, "en"),
)
