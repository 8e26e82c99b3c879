"""Commands of this project: `scrapy crawl`, `scrapy plan`, `scrapy export`."""
