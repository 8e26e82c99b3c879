"""Commands of this project: `scrapy crawl`, `scrapy export`, `scrapy score`, `scrapy train`."""
