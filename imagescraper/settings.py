"""Every setting of the project with its reason; the environment is read here and nowhere else.

Any of them can be given for one run with `-s NAME=value`. Those under "From the environment" can also be given as
environment variables, or in `.env` or `credentials.json` beside scrapy.cfg (file mode 600).
"""

import os
import sys
from pathlib import Path

from imagescraper import credentials

BOT_NAME = "smart-image-scraper"
SPIDER_MODULES = ["imagescraper.spiders"]
NEWSPIDER_MODULE = "imagescraper.spiders"
COMMANDS_MODULE = "imagescraper.commands"

# --- From the environment ---------------------------------------------------------------------------------------

try:
    _given = credentials.load(Path(__file__).resolve().parent.parent) | credentials.common_spelling(dict(os.environ))
except credentials.BadCredentials as _error:
    sys.stderr.write(f"{_error}\n")
    sys.exit(2)

# Keys of the services. FLICKER_KEY, the original's spelling, is accepted too.
FLICKR_KEY = _given.get("FLICKR_KEY")

# Where the API answers; a local sandbox is the only other place that makes sense.
FLICKR_API_URL = _given.get("FLICKR_API_URL", "https://api.flickr.com/services/rest/")

# Where words in other languages are looked up; any MediaWiki with Wikidata's items will do.
WIKIDATA_API_URL = _given.get("WIKIDATA_API_URL", "https://www.wikidata.org/w/api.php")

# Seconds between two calls. Flickr allows 3,600 calls an hour for a key, over everything that uses it.
FLICKR_API_DELAY = _given.get("FLICKR_API_DELAY", "1.0")

# API calls in any hour, over all runs of a collection; the key's own limit.
FLICKR_API_BUDGET = _given.get("FLICKR_API_BUDGET", "3600")

# Seconds that an outage may last before the run is ended, to be gone on with later.
PATIENCE = _given.get("PATIENCE", "3600")

# Pictures in flight at a time. The image host answers 429 to greedy clients well below what a line could carry.
FLICKR_IMAGES_CONCURRENCY = _given.get("FLICKR_IMAGES_CONCURRENCY", "8")

# Where rows and pictures go; both relative to the folder in which the command runs.
STORE_URI = _given.get("STORE_URI", "sqlite:///collection/photos.sqlite")
IMAGES_STORE = _given.get("IMAGES_STORE", "collection/images")

# The data key: given itself, or in a file. Without either, the first run makes the file.
SECRET_KEY = _given.get("SECRET_KEY")
SECRET_KEY_FILE = _given.get("SECRET_KEY_FILE", "secret.key")

# Where the run's report is written as JSON, beside being printed.
REPORT_FILE = _given.get("REPORT_FILE")

# The key of Google Cloud Vision, for `-a scorer=google`, and where it answers; a sandbox is the only other place.
GOOGLE_VISION_KEY = _given.get("GOOGLE_VISION_KEY")
GOOGLE_VISION_URL = _given.get("GOOGLE_VISION_URL", "https://vision.googleapis.com")

# Where a converted model is kept; None is the user's own cache folder.
MODEL_CACHE = _given.get("MODEL_CACHE")

# --- The way of a photo -----------------------------------------------------------------------------------------
# The numbers give the order, which is a promise: metadata is read before it is cut off, a place is found before
# anything is sealed, and nothing is stored before it is sealed.

ITEM_PIPELINES = {
    "imagescraper.pipelines.images.ImagesPipeline": 100,
    "imagescraper.pipelines.exif.ExifPipeline": 200,
    "imagescraper.pipelines.geocode.GeocodePipeline": 300,
    "imagescraper.pipelines.vision.VisionPipeline": 400,
    "imagescraper.pipelines.encryption.EncryptionPipeline": 500,
    "imagescraper.pipelines.store.StorePipeline": 600,
}

EXTENSIONS = {
    "imagescraper.extensions.ledger.LedgerExtension": 100,
    "imagescraper.extensions.stop.StopExtension": 150,
    "imagescraper.extensions.progress.ProgressExtension": 200,
    # After the ledger, whose account it prints.
    "imagescraper.extensions.report.ReportExtension": 300,
}
# Both open a port through which the running process, and so the data key, could be reached. (defaults: True)
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Photos of one page of answers that are on their way at a time; each carries its bytes. At least twice the scorer's
# batch, or batches never fill. (default: 100)
CONCURRENT_ITEMS = 32

# --- Politeness -------------------------------------------------------------------------------------------------
# The spider fills DOWNLOAD_SLOTS from the FLICKR_ settings above: requests name their slot, so the pace does not
# depend on host names.

USER_AGENT = "smart-image-scraper/0.1 (+https://www.flickr.com/services/api/; research crawler)"
ROBOTSTXT_OBEY = True  # default: False; API and pictures are used under the API's terms and say so in their requests
COOKIES_ENABLED = False  # default: True; the API sets one on every answer
REFERRER_POLICY = "no-referrer"  # default: the address of the answer, which is nobody's business

# Scrapy's own retry gives up after seconds: it lost 93 % of a run in an outage of 10 s.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    # In its place: after robots.txt and before the answer is decompressed.
    "imagescraper.middlewares.patience.PatienceMiddleware": 550,
}
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 522, 524]

# --- Safety -----------------------------------------------------------------------------------------------------

DOWNLOAD_VERIFY_CERTIFICATES = True  # default: False; the key and the photos travel over it
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}  # an answer may name no address but the web
DOWNLOAD_MAXSIZE = 64 * 2**20  # default: 1 GiB a response; the largest originals are near 50 MB
DOWNLOAD_WARNSIZE = 0  # default: 32 MiB; large originals are nothing to warn about
DOWNLOAD_TIMEOUT = 60  # default: 180 s
REDIRECT_ENABLED = False  # default: True; a photo that moved is a photo that is gone, and its placeholder no photo
HTTPCACHE_ENABLED = False  # default; a cache would keep everything in clear

# --- What a user sees -------------------------------------------------------------------------------------------
# The report says what happened; Scrapy's own account of itself is there with `-L INFO`. (default: DEBUG)
LOG_LEVEL = "WARNING"
