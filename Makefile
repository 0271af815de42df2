# 导购台 Guide Desk. `make help` is the manual; what a target does stands in tools/.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint fmt bench bench-peers soak gallery i18n lock clean

help: ## show this list
	@sed -n 's/^\([a-z0-9%-]*\):[^#]*## /\1\t/p' Makefile | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## set up, then start a demo head office and open the desktop (headless where there is no display)
	@sh tools/setup.sh run
	@sh tools/run.sh

test: ## set up, then lint and run all tests
	@sh tools/setup.sh test
	@sh tools/check.sh lint
	@sh tools/check.sh test

lint: ## style, types and import rules
	@sh tools/setup.sh dev
	@sh tools/check.sh lint

fmt: ## format the code and mend what can be mended by itself
	@sh tools/setup.sh dev
	@sh tools/check.sh fmt

bench: ## all measurements; tables on screen, figures in out/bench/
	@sh tools/setup.sh test
	@sh tools/bench.sh

bench-%: ## one measurement, by the name of its file in bench/
	@sh tools/setup.sh test
	@sh tools/bench.sh $*

bench-peers: ## install the peers that the measurements compare with, in an environment of their own
	@sh tools/setup.sh test
	@sh tools/bench.sh --install-peers

soak: ## the long fault run; fails when anything is lost
	@sh tools/setup.sh test
	@sh tools/check.sh soak

gallery: ## paint and read back every poster template; pictures in docs/gallery/
	@sh tools/setup.sh dev
	@.venv/bin/python -m bench.gallery

i18n: ## collect the screen texts for translation and compile the translations
	@sh tools/setup.sh dev
	@.venv/bin/python -m ui.kit.strings

lock: ## write requirements/*.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	@sh tools/setup.sh dev
	@sh tools/lock.sh

clean: ## throw away the environment and everything made
	rm -rf .venv .cache out build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
