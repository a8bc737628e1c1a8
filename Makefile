# One word a task; each sets up what it needs. Needs: Python 3.11+ with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVE ?= yes
PORT ?= 8000

.PHONY: run test check thorough format bench bench-validation bench-publish bench-serve bench-harvest bench-index screenshots assets lock clean

run: $(READY)  ## Harvest, check and publish the sample holders, then serve them.
	$(BIN)/python samples/demo.py --port $(PORT) $(if $(filter no,$(SERVE)),--no-serve)

test: $(READY)  ## Every test.
	$(BIN)/pytest -n auto

check: $(READY)  ## Format, lint, types, imports, tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

thorough: export RED_GENERATED = 10000
thorough: $(READY)  ## Ten times as many generated records as CI through both validation engines.
	$(BIN)/pytest tests/validation/compiled/test_same_results.py

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

SIZE ?=
bench: $(READY)  ## Every stage at 1,000 and 10,000 datasets, and SIZE more, beside a naive pipeline.
	$(BIN)/python tests/bench/pipeline.py --sizes 1000 10000 $(SIZE)

bench-validation: $(READY)
	$(BIN)/python tests/bench/validation.py

DATASETS ?= 1000
bench-publish: $(READY)  ## Publishing against a floor and against rdflib; DATASETS=10000 for more.
	$(BIN)/python tests/bench/publish.py $(DATASETS)

bench-index: $(READY)  ## The index alone at 10,000 and 100,000.
	$(BIN)/python tests/bench/index.py 10000 100000

SECONDS ?= 60
bench-serve: $(READY)  ## Serving under load, with runaways and hostile clients.
	$(BIN)/python tests/bench/serve.py --datasets $(DATASETS) --seconds $(SECONDS)

bench-harvest: $(READY)  ## A second harvest of 1,000 unchanged records against the first.
	$(BIN)/python tests/bench/harvest.py

screenshots: $(READY)  ## Pictures of every kind of page, with Debian's Chromium.
	$(BIN)/python samples/demo.py --no-serve --folder build/screenshots --port $(PORT)
	$(BIN)/python tests/browser/screenshots.py build/screenshots/red.toml --port $(PORT)

assets: $(READY)  ## Yasgui out of its npm package, after an upgrade. Needs: npm.
	npm ci --prefix assets/yasgui --ignore-scripts --no-audit --no-fund
	$(BIN)/python assets/yasgui/bundle.py

lock:  ## Rewrite requirements.lock from pyproject.toml.
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock

clean:
	rm -rf build $(VENV)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
