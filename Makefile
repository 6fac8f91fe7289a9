# Two commands, lab and test. Each first sets up .venv with what it needs; the next time at no cost.
PYTHON ?= python3
VENV := .venv/bin/python
NOTEBOOKS = $(VENV) tools/build.py
START := chapters/00_start_here.ipynb

.DEFAULT_GOAL := help
.PHONY: help lab test test-browser test-binder bench bench-browser bench-checks mutants build handout lint clean set-up-lab set-up-test set-up-browser a-browser

help: ## Show these lines
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

lab: set-up-lab ## Open the course in JupyterLab (PORT=8890 and LAB_ARGS=--no-browser pass through)
	@echo "Starting JupyterLab at $(START). Ctrl-C, twice, ends it."
	@$(VENV) -m jupyterlab --LabApp.default_url=/lab/tree/$(START) --log-level=WARN \
	    --LabApp.app_settings_dir=tools/jupyterlab \
	    $(if $(PORT),--port=$(PORT)) $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_ARGS)

test: export BACKPROP_NO_PROGRESS = 1
test: lint ## Run lint, build drift, unit tests, doctests, contracts and every notebook
	@echo "Build drift: are the notebooks what their sources say?"
	@$(NOTEBOOKS) --check
	@echo "Unit tests, doctests, contracts:"
	@$(VENV) -m pytest -q -n 2 --ignore tests/browser
	@echo "The notebooks, each run and compared with what it shows (nbval):"
	@notebooks=$$($(NOTEBOOKS) --list-pristine) && \
	    $(VENV) -m pytest -q --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg \
	    $$notebooks

test-browser: a-browser ## Run the chapters in a real browser (Chromium or Chrome)
	@echo "The chapters in a real browser:"
	@$(VENV) -m pytest -q tests/browser

test-binder: BASE = from tests.house.test_versions import BINDER_BASE as base
test-binder: a-browser ## Run the explorers in a real browser with Binder's JupyterLab
	@echo "The explorers in the JupyterLab that Binder has (in .venv/binder):"
	@test -x .venv/binder/bin/python || $(VENV) -m venv .venv/binder
	@.venv/binder/bin/python -m pip install --quiet --disable-pip-version-check \
	    --requirement binder/requirements.txt \
	    $$($(VENV) -c '$(BASE); print(*map("==".join, base.items()))')
	@LAB_PYTHON=$(CURDIR)/.venv/binder/bin/python $(VENV) -m pytest -q tests/browser/test_hosts.py

bench: set-up-lab ## Measure a training step against PyTorch (which goes into .bench) and the floor
	@$(VENV) bench/training.py

bench-browser: export BACKPROP_NO_PROGRESS = 1
bench-browser: a-browser ## Measure how fast explorers follow the hand, beside interact
	@$(VENV) -m bench.browser

bench-checks: export BACKPROP_NO_PROGRESS = 1
bench-checks: set-up-test ## Measure what the checks refuse, explain, and take
	@$(VENV) -m bench.checks

mutants: ## Break the mathematics in every small way, and count what no test notices (.mutants)
	@"$(PYTHON)" bench/mutants.py

build: set-up-test ## Write the notebooks from their sources (FORCE=1 overwrites changed ones)
	@$(VENV) tools/card.py
	@$(NOTEBOOKS)

handout: set-up-test ## Make the folder handout/: the course for a class, without the solutions
	@$(VENV) tools/handout.py

lint: set-up-test ## Check style and names in the Python files
	@echo "Lint:"
	@$(VENV) -m ruff check --output-format concise

clean: ## Remove .venv and the caches; nothing that you wrote
	@rm -rf .venv .bench .mutants .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up-lab set-up-test set-up-browser:
	@command -v "$(PYTHON)" > /dev/null || { \
	    echo "Python 3.11 or later is needed; there is no $(PYTHON) here." >&2; exit 1; }
	@"$(PYTHON)" tools/setup_venv.py $(subst set-up-,,$@)

a-browser: set-up-browser
	@$(VENV) -c "from tests.browser.lab import browser_path; browser_path()" 2> /dev/null && exit 0; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then \
	    echo "No browser found. Install Chromium or Chrome (Debian: apt install chromium)." >&2; \
	    exit 1; \
	fi; \
	echo "Installing Debian's chromium. The log: .venv/chromium.log"; \
	{ apt-get update && apt-get install -y --no-install-recommends chromium; } \
	    > .venv/chromium.log 2>&1 < /dev/null || { \
	    echo "chromium cannot be had; apt's words are in .venv/chromium.log" >&2; exit 1; }
