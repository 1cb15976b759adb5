# The gate and the examples. Needs make and a Python >= 3.11 with venv; everything else goes into .venv.

PYTHON ?= python3
INCENTIVE_SAMPLES ?= ../shared/data

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help env test lint wheel bench deep fuzz mutants demo example-quickstart example-adventureworks example-olist example-closing clean

# An environment whose Python is gone, or that was made for another checkout, is made again.
ORIGIN := $(shell $(BIN)/python -c "import importlib.util as u; print(u.find_spec('incentive').origin)" 2>/dev/null)
ifneq ($(ORIGIN),$(CURDIR)/src/incentive/__init__.py)
$(shell rm -f $(STAMP))
endif

help: ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-24s %s\n", $$1, $$2 }'

env: $(STAMP) ## Make the environment (.venv); made again when pyproject.toml changes

# The stamp comes last: an installation that was interrupted has none, and starts afresh.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "incentive needs Python 3.11 or later; name one by: make PYTHON=python3.12 ..." >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

lint: $(STAMP) ## Check format, style, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(STAMP) ## Build the wheel and try it in clean environments
	$(BIN)/python -m pytest -q tests/test_wheel.py

test: lint wheel ## Run the whole gate
	$(BIN)/python -m pytest -n auto --ignore=tests/test_wheel.py

# TIMES as many examples as in the gate, other ones each time; it says how many there were.
TIMES ?= 50
fuzz: $(STAMP) ## Read many more wrong plans than the gate does (TIMES=50)
	INCENTIVE_FUZZ=$(TIMES) $(BIN)/python -m pytest -q tests/properties/test_any_text.py tests/properties/test_hostile_figures.py

# A comparison is a person and a period, in one of the ways to hold figures; it prints how many there were.
COMPARISONS ?= 1000000
deep: $(STAMP) ## Compare both engines on many more drawn plans (COMPARISONS=1000000)
	INCENTIVE_DEEP=$(COMPARISONS) $(BIN)/python -m pytest -q -s tests/differential/test_agreement.py -k many_more

# Code that is changed in small ways, and whether a test notices: one way after the other, in a copy. All of them take hours.
MUTANTS ?= *
MUTATION := build/mutation
mutants: ## See which small changes of the code no test notices (MUTANTS='incentive.quantities.*')
	rm -rf $(MUTATION)
	mkdir -p $(MUTATION)
	cp -r src tests examples pyproject.toml $(MUTATION)
	$(PYTHON) -m venv $(MUTATION)/.venv
	$(MUTATION)/.venv/bin/python -m pip install --quiet --disable-pip-version-check '.[mutation]'
	cd $(MUTATION) && .venv/bin/mutmut run --max-children 1 '$(MUTANTS)' && .venv/bin/mutmut results

bench: $(STAMP) ## Run every benchmark
	@set -e; found=; for script in benchmarks/*.py; do \
		[ -e "$$script" ] || continue; found=yes; echo "== $$script"; $(BIN)/python "$$script"; \
	done; [ -n "$$found" ] || echo "no benchmarks yet"

# $(call compute,plan,data,output): run a plan to a CSV file. A run that fails leaves no file behind, old or new.
define compute
	@mkdir -p $(dir $(3))
	@rm -f $(3)
	@test -d "$(2)" || { echo "$(3): no folder $(2) (set INCENTIVE_SAMPLES to where the sample data are)" >&2; exit 1; }
	$(BIN)/incentive run $(1) --data "$(2)" --format csv > $(3).part || { code=$$?; rm -f $(3).part; exit $$code; }
	@mv $(3).part $(3)
	@echo "wrote $(3)"
endef

# $(call where_data,name,folder): make example-<name> where its data are there, else say why not.
define where_data
	@if [ -d "$(2)" ]; then $(MAKE) --no-print-directory example-$(1); \
	else echo "skipped example-$(1): no folder $(2) (set INCENTIVE_SAMPLES to where the sample data are)"; fi
endef

demo: example-quickstart ## Run the examples
	$(call where_data,adventureworks,$(INCENTIVE_SAMPLES)/adventureworks-sales)
	$(call where_data,olist,$(INCENTIVE_SAMPLES)/olist-funnel)
	$(call where_data,closing,$(INCENTIVE_SAMPLES)/olist-funnel)

example-quickstart: $(STAMP) ## Run the first example, with the small data beside it
	$(BIN)/incentive run examples/quickstart/plan.plan --data examples/quickstart/data

example-adventureworks: $(STAMP) ## Compute a field sales plan to build/adventureworks.csv
	$(call compute,examples/adventureworks/field-sales.plan,$(INCENTIVE_SAMPLES)/adventureworks-sales,build/adventureworks.csv)

example-olist: $(STAMP) ## Compute a sales funnel plan to build/olist.csv
	$(call compute,examples/olist/funnel.plan,$(INCENTIVE_SAMPLES)/olist-funnel,build/olist.csv)

example-closing: $(STAMP) ## Close a year of both month by month, on late data, and reconcile it
	$(BIN)/python examples/closing/year.py $(INCENTIVE_SAMPLES)

clean: ## Remove the environment and everything built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
