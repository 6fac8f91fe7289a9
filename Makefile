# Two commands, lab and test. Each first sets up .venv with what it needs; the next time at no cost.
PYTHON ?= python3
VENV := .venv/bin/python
NOTEBOOKS = $(VENV) tools/build.py
START := chapters/00_start_here.ipynb

.DEFAULT_GOAL := help
.PHONY: help lab test test-browser test-binder bench bench-browser bench-checks mutants build picture handout lint clean set-up-lab set-up-test set-up-browser a-browser

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
	    $(VENV) -m pytest -q -n 2 --dist loadfile --nbval --nbval-current-env \
	    --nbval-sanitize-with tests/nbval.cfg $$notebooks

test-browser: a-browser ## Run the chapters in a real browser (Chromium or Chrome)
	@echo "The chapters in a real browser:"
	@$(VENV) -m pytest -q tests/browser

test-binder: export BACKPROP_NO_PROGRESS = 1
test-binder: a-browser ## Run the notebooks and the browser tests in what Binder's readers get
	@echo "What Binder's readers get, made in .venv/binder by the recipe of binder/:"
	@$(VENV) -m tests.binder.image
	@echo "The notebooks there (nbval), and the memory they take:"
	@notebooks=$$($(NOTEBOOKS) --list-pristine) && \
	    JUPYTER_PATH=$(CURDIR)/.venv/binder/share/jupyter $(VENV) -m pytest -q \
	    -p tests.binder.memory --nbval --nbval-kernel-name binder \
	    --nbval-sanitize-with tests/nbval.cfg $$notebooks
	@echo "The chapters in its JupyterLab, in a real browser:"
	@LAB_PYTHON=$(CURDIR)/.venv/binder/bin/python $(VENV) -m pytest -q -k "not solutions" \
	    tests/browser/test_chapters.py tests/browser/test_hosts.py tests/browser/test_trouble.py

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

picture: a-browser ## Make the README's film and still anew, from the real explorer
	@$(VENV) -m tools.picture

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
