"""Downloader middlewares: patience with services that are not well."""
