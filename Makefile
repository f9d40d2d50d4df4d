# What a person does with this repository. `make help` lists it.

VENV   := .venv
PYTHON := $(VENV)/bin/python
LOCK   := requirements/dev.txt
READY  := $(VENV)/ready-$(shell cksum < $(LOCK) | cut -d ' ' -f 1)

.DEFAULT_GOAL := help
.PHONY: help up down status demo recording replay bench-intake bench-duplicates bench-routing story messages redrive reconcile route-preview test lint check-messages check-template check lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(READY) ## Start everything on this machine and write .local/stack.json
	@$(PYTHON) -m local up

down: $(READY) ## Stop it; what it holds is there again after the next start
	@$(PYTHON) -m local down

status: $(READY) ## Show the processes of the stack, their health and memory
	@$(PYTHON) -m local status

demo: $(READY) ## Play a morning at the call centre, from the telephone to redress
	@$(PYTHON) -m local demo

recording: $(READY) ## Play it and record docs/demo.svg, the picture in the README
	@$(PYTHON) -m local demo --record docs/demo.svg

replay: $(READY) ## Send complaints of a file: make replay FILE=calls.csv COLUMN=text N=100 RATE=5
	@$(PYTHON) -m local replay $(if $(FILE),--file '$(FILE)') $(if $(COLUMN),--column '$(COLUMN)') \
		$(if $(N),--count '$(N)') $(if $(RATE),--rate '$(RATE)')

bench-intake: $(READY) ## Measure taking records in beside a bare function; more for it in ARGS
	@$(PYTHON) -m local.bench $(ARGS)

bench-duplicates: $(READY) ## Measure what is found of duplicates; of a file's repeats too: FILE=calls.csv COLUMN=text
	@$(PYTHON) -m local.bench.duplicates $(if $(FILE),--file '$(FILE)') $(if $(COLUMN),--column '$(COLUMN)')

bench-routing: $(READY) ## Measure applying a registry and routing by it, by how large it is
	@$(PYTHON) -m local.bench.routing

story: $(READY) ## Tell everything that happened to one record: make story REF=SSM-…
	@$(PYTHON) -m local story '$(REF)'

messages: $(READY) ## Print every message with its parts and price: TEMPLATE=citizen_registered IN=bn; ARGS=--dlt what to register
	@$(PYTHON) -m local messages $(if $(TEMPLATE),'$(TEMPLATE)') $(if $(IN),--in '$(IN)') \
		$(if $(CHANNEL),--channel '$(CHANNEL)') $(ARGS)

redrive: $(READY) ## Hand dead letters back, once what made them fail is mended
	@$(PYTHON) -m local redrive

reconcile: $(READY) ## Hold what was pushed against what the portal lists: DAY=2026-11-24, today when left out
	@$(PYTHON) -m local reconcile $(if $(DAY),--day '$(DAY)') $(if $(AT_ONCE),--at-once)

route-preview: $(READY) ## Show what a draft of rules of routing would change: FILE=routing.csv N=500
	@$(PYTHON) -m local route-preview $(if $(FILE),--file '$(FILE)') $(if $(N),--last '$(N)')

test: $(READY) ## Run the tests in two processes; more for pytest in ARGS (-n 0: in one)
	@$(PYTHON) -m pytest -n 2 $(ARGS)

lint: $(READY) ## Check style, types and who imports whom
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(VENV)/bin/lint-imports

check-messages: $(READY) ## Hold every message to its parts, its registration and its languages
	@$(PYTHON) -m infra.messages

check-template: $(READY) ## Build for AWS and check the CloudFormation template
	@$(PYTHON) -m infra.build --target aws
	@$(VENV)/bin/cfn-lint .build/aws/sam.json

check: lint check-messages check-template test ## All checks

lock: ## Lock the dependencies anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs the command uv, and it is not installed"; exit 1; }
	@for set in dev runtime; do \
		constraint=; [ $$set = dev ] || constraint='-c $(LOCK)'; \
		uv pip compile --quiet --universal --generate-hashes --no-header \
			--python-version 3.11 $$constraint -o requirements/$$set.txt requirements/$$set.in || exit 1; \
	done

clean: ## Remove what was built; the stack's data stays
	@rm -rf .build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# The name holds the lock's checksum, so another lock installs anew.
$(READY): $(LOCK)
	@python=; for candidate in python3.13 python3.12 python3.11 python3; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	[ -n "$$python" ] || { echo "Python 3.11 or newer is needed, and none was found."; exit 1; }; \
	[ -x $(PYTHON) ] || $$python -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$$python cannot make virtual environments: its venv module is missing (on Debian: python3-venv)."; exit 1; }; \
	echo "installing the dependencies"; \
	[ -x $(PYTHON) ] || $$python -m venv $(VENV) || exit 1; \
	$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r $(LOCK) || exit 1; \
	rm -f $(VENV)/ready-*; touch $@
