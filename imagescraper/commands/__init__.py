"""Commands of this project: `scrapy crawl`, `scrapy export`."""
