# Everything a newcomer needs: `make demo` to see it work, `make test` to see it hold.

PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1
ONLY ?=

# Tests that drive a browser run apart: its loop holds the main thread, and no asyncio test could follow.
CHOSEN = $(if $(ONLY),-k "$(ONLY)")
NONE_IS_FINE = $(if $(ONLY),|| [ $$? = 5 ])

# One pip for all: quiet, and silent about its own updates.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help install demo dashboard sandbox test lint bench tools

help:  ## This list
	@sed -n 's/^\([a-z]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 12

install: .venv/installed  ## Set up .venv with all that crawler, dashboard and sandbox need

demo: install  ## Crawl a local stand-in for Flickr and show the result; SERVE=0 ends after the report
	@$(BIN)/python demo.py $(if $(filter 0,$(SERVE)),--no-dashboard)

dashboard: install  ## Show the collection
	@$(BIN)/python -m dashboard

sandbox: install  ## Run the local stand-in for Flickr alone
	@$(BIN)/python -m sandbox

test: .venv/installed-dev tools  ## All tests; ONLY=words runs those whose names have them
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser" $(CHOSEN) $(PYTEST) $(NONE_IS_FINE)
	@$(BIN)/python -m pytest -m browser $(CHOSEN) $(PYTEST) $(NONE_IS_FINE)

lint: .venv/installed-dev  ## Style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/installed-dev  ## All benchmarks; ONLY=place runs one
	@for path in benchmarks/$(or $(ONLY),[a-z]*).py; do $(BIN)/python -m benchmarks.$$(basename $$path .py) || exit 1; done

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	@touch $@

.venv/installed: .venv/python requirements.txt requirements-sandbox.txt
	@echo "Installing into .venv"
	@$(PIP) -r requirements.txt -r requirements-sandbox.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Installing the tools for tests and checks"
	@$(PIP) -r requirements-dev.txt
	@touch $@

# Chromium and ExifTool are judges in the tests, no part of the program: installed where that can be done unasked.
tools:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="chromium"; \
	command -v exiftool >/dev/null || missing="$$missing libimage-exiftool-perl"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing $$missing"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	else \
	  echo "Not installed, and the tests that need them will be skipped: $$missing"; \
	  echo "  Debian, Ubuntu: sudo apt install $$missing      macOS: brew install --cask chromium; brew install exiftool"; \
	fi
