"""Scrapy extensions: the ledger, the progress line and the report of a run."""
