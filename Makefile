# The same two commands without make are in the README (Windows offices).
PYTHON ?= python3
VENV := .venv/bin/python

.PHONY: run test bench check demo bundle soak setup setup-tests

run: setup
	$(VENV) app.py

# two at a time: a browser waits for its server, and most of the rest uses one core
test: setup-tests
	$(VENV) -m pytest -n 2 --dist loadfile

bench: setup-tests
	$(VENV) -m tests.bench

check: setup-tests
	$(VENV) -m ruff format --check .
	$(VENV) -m ruff check .
	$(VENV) -m mypy

# a night of projection in half an hour
soak: setup-tests
	$(VENV) -m tests.soak

demo: setup
	$(VENV) -m data.cli demo

bundle: setup
	$(VENV) -m data.bundle

setup:
	@$(PYTHON) -m data.install

setup-tests:
	@$(PYTHON) -m data.install --tests
