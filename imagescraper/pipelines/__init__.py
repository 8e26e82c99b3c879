"""Item pipelines: one class a file, each a thin hook around a domain package."""
