PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
PACKAGES := core plugins sandbox frontend
CODE := $(PACKAGES) tests benchmarks docs
EXAMPLES := $(wildcard examples/*/src)

.DEFAULT_GOAL := help
.PHONY: help run docs test lint types imports unit docker apps browser images frontend bench bench-rating \
	bench-sandbox bench-apps lock screenshots clean

help: ## Print the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(VENV)/run frontend ## Serve at http://127.0.0.1:8000 with demo models (HOST=… PORT=… DATA=…)
	@$(BIN)/polyarena serve --host $(HOST) --port $(PORT) --data $(DATA)

test: $(VENV)/test frontend ## Everything: system packages, lint, types, imports, tests, browser tests
	@.ci/packages
	@.ci/docker
	@mkdir -p .build
	@$(MAKE) --no-print-directory images >.build/images.log 2>&1 & images=$$!; \
	$(MAKE) --no-print-directory lint types imports unit && \
	{ wait $$images || { tail -20 .build/images.log; exit 1; }; } && \
	$(MAKE) --no-print-directory docker browser

docs: $(VENV)/docs ## Build the guides and the reference as a site, in docs/_build
	@$(BIN)/sphinx-build -q -W -b html docs docs/_build

lint: $(VENV)/test ## Ruff
	@$(BIN)/ruff check $(CODE) examples
	@$(BIN)/ruff format --check $(CODE) examples

types: $(VENV)/test ## Mypy, strict
	@$(BIN)/mypy $(CODE) $(EXAMPLES)

imports: $(VENV)/test ## Which package may import which
	@$(BIN)/lint-imports --no-cache

unit: $(VENV)/test frontend ## Tests that need neither browser nor sandbox
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not browser and not docker"

docker: $(VENV)/test images ## Tests of the sandbox, in real containers
	@$(BIN)/python -m pytest -q -m "docker and not browser and not apps"

apps: $(VENV)/test images ## Every kind of web app, and every hostile one: more than `make test` tries
	@$(BIN)/python -m pytest -q -m apps

browser: $(VENV)/test frontend images ## Tests in Chromium
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m browser

images: $(VENV)/test ## Build the sandbox's images, if they changed
	@.ci/docker
	@$(BIN)/polyarena sandbox build

frontend: $(VENV)/run ## Build scripts and styles, if they changed
	@.ci/frontend $(BIN)/python

bench: $(VENV)/test frontend ## Measure beside a floor, in one run
	@$(BIN)/python benchmarks/run.py

bench-rating: $(VENV)/test ## Measure the rating engine beside its peers
	@$(BIN)/python benchmarks/rating/run.py

bench-sandbox: $(VENV)/test images ## Measure the sandbox beside bare Docker, in one run
	@$(BIN)/python benchmarks/sandbox/run.py

bench-apps: $(VENV)/test images ## Measure building and showing web apps beside raw Vite and Playwright
	@$(BIN)/python benchmarks/apps/run.py

screenshots: $(VENV)/test frontend ## Take the README's screenshot anew
	@$(BIN)/python docs/screenshots.py

lock: ## Resolve the dependencies anew (needs uv)
	@.ci/relock

clean: ## Remove what was installed and built; data stays
	rm -rf $(VENV) .build frontend/polyarena_frontend/static

$(VENV)/run: .ci/lock/run.txt pyproject.toml
	@.ci/venv $(PYTHON) $(VENV)
	@echo "Installing Polyarena …"
	@$(PIP) --require-hashes -r .ci/lock/run.txt
	@$(PIP) --no-build-isolation -e .
	@touch $@

$(VENV)/test: .ci/lock/test.txt pyproject.toml | $(VENV)/run
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r .ci/lock/test.txt
	@$(PIP) --no-build-isolation -e .
	@touch $@

$(VENV)/docs: .ci/lock/docs.txt pyproject.toml | $(VENV)/test
	@echo "Installing what the guides need …"
	@$(PIP) --require-hashes -r .ci/lock/docs.txt
	@touch $@
