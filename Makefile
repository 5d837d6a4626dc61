# Every target sets up what it needs by itself; `make help` lists them.
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory
export PYTHONUTF8 := 1
export PORT ?= 8000
export SERVE ?= 1
VENV := .venv/bin

.PHONY: help demo test test-fast test-full check format bench pictures lock

help: ## zeigt diese Übersicht
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## füllt die Vorführung und zeigt sie auf 127.0.0.1 (PORT=8000; SERVE=0 füllt nur)
	@scripts/setup run assets
	@$(VENV)/python scripts/demo

test: ## alle schnellen Tests, auf SQLite und PostgreSQL
	@scripts/setup dev assets
	@$(VENV)/python scripts/test $(ARGS)

test-fast: ## nur Regeln und Anwendungsfälle, auf SQLite
	@scripts/setup dev
	@$(VENV)/python scripts/test fast $(ARGS)

test-full: ## alle Tests, auch Last, Browser und Office
	@scripts/setup dev assets
	@$(VENV)/python scripts/test full $(ARGS)

check: ## Stil, Typen, Importe, Vorlagendateien, Migrationen, Einstellungen
	@scripts/setup dev assets
	@$(VENV)/python scripts/check $(ARGS)

format: ## bringt Python und HTML in Form
	@scripts/setup dev
	@$(VENV)/ruff check --quiet --fix-only .
	@$(VENV)/ruff format .
	@$(VENV)/djlint --reformat --quiet proposals workflows || true # 1 says: changed something

bench: ## misst Tempo und Größe (BENCH=word misst nur die Word-Ausgabe)
	@scripts/setup dev assets
	@$(VENV)/python -m bench $(BENCH) $(ARGS)

pictures: ## nimmt die Bilder für README und Dokumentation neu auf
	@scripts/setup dev assets
	@$(VENV)/python scripts/pictures $(ARGS)

lock: ## schreibt die Lock-Dateien aus pyproject.toml (ARGS=--upgrade nimmt die neuesten)
	@scripts/setup dev
	@$(VENV)/python scripts/lock $(ARGS)
