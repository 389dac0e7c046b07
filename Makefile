# `make demo` and `make test` need python3 with venv, make and git; they bring the rest.

PYTHON   ?= python3
PY       := .venv/bin/python
DEMO_OUT ?= build/demo
JOBS     ?= 2
# More arguments for pytest, for example: make test PYTEST_ARGS="-k import -x"
PYTEST_ARGS ?=
export PYTHON
# The tests start this program some hundred times: it is compiled once, not in each process.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo run test lint format coverage torture soak bench screenshots env dev-env lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: env  ## the whole main job on the demonstration registers, into DEMO_OUT (build/demo)
	$(PY) app.py demo --out $(DEMO_OUT)

run: env  ## open the window
	$(PY) app.py

test: lint  ## everything that must hold: style, types, layers, behaviour
	$(PY) -m pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

lint: dev-env  ## the quick part of `make test`
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(PY) -m mypy

format: dev-env  ## put the source into shape
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .

coverage: dev-env  ## which lines of the edits, the store and the grades no test reaches, file by file
	$(PY) -m pytest -n $(JOBS) --cov=geo.edit --cov=geo.store --cov=geo.privacy \
		--cov-report=term-missing:skip-covered tests/geo $(PYTEST_ARGS)

torture: dev-env  ## the long proofs: kills, power cuts, big files
	$(PY) -m pytest -m torture $(PYTEST_ARGS)

soak: dev-env  ## hours of use in a row
	$(PY) -m pytest -m soak $(PYTEST_ARGS)

bench: dev-env  ## speed, measured on this machine
	$(PY) -m pytest -m benchmark -s tests/benchmarks $(PYTEST_ARGS)
	$(PY) tests/benchmarks/startup_bench.py
	$(PY) tests/benchmarks/render_bench.py
	$(PY) tests/benchmarks/import_bench.py
	$(PY) tests/benchmarks/table_bench.py
	$(PY) tests/benchmarks/lens_bench.py
	$(PY) tests/benchmarks/qgis_bench.py

screenshots: dev-env  ## take the pictures in docs/screenshots anew
	$(PY) tests/screenshots.py

env:
	@.ci/ensure-system demo
	@.ci/ensure-venv run

dev-env:
	@.ci/ensure-system test
	@.ci/ensure-venv dev

# UPGRADE=--upgrade moves every package to its newest version.
UPGRADE ?=
COMPILE = $(PY) -m uv --quiet pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-build --no-emit-index-url --no-annotate --no-header $(UPGRADE)
lock: dev-env  ## write both lock files from pyproject.toml
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## remove what was built; the environment stays
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
