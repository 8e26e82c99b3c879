"""Commands of this project: `scrapy crawl`, `plan`, `export`, `place`, `score`, `train`."""
