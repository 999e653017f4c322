# `make` lists what there is. Written for GNU make 3.81 and later.

SWIFT ?= swift
SCRATCH = .build
STYLED = Package.swift Sources Connectors Tests
ARGS =
KILLS = 200
MINUTES = 30
SEED =
SANITIZERS =
SECONDS = 600
TARGETS =
# A test's time limit runs from the start of its phase, whatever it waits for, so that phases must be short.
# These keep both cores busy, so that others beside them would miss their deadlines.
CRASHES = CrashPointTests|KillTests|FailingFileTests
MEDIA = EndToEndTests\.Media

# On Linux the program carries Swift's libraries: it then runs where there is no Swift, and starts sooner.
STATIC = $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

# Two builds in one scratch folder would only wait for each other.
.NOTPARALLEL:
.PHONY: help setup build demo test lint sources unit-tests races out-of-tree docs bench-peers soak kills sanitize \
    fuzz fuzz-corpora format clean

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1 /p' $(firstword $(MAKEFILE_LIST)) | \
	    while read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

setup: ## Check for Swift, install the system libraries that are missing.
	@.ci/setup

build: setup ## Build the command-line tool for release.
	@echo "== build: tapedeck for release; the first time takes minutes"
	@$(SWIFT) build --quiet --configuration release $(STATIC) --product tapedeck

demo: build ## Read both simulated platforms and show what came out; options in ARGS="…".
	@$(SCRATCH)/release/tapedeck demo $(ARGS)

test: ## Run everything that the continuous integration runs.
	@.ci/setup --tests
	@$(MAKE) --no-print-directory lint sources unit-tests races docs out-of-tree
	@echo "== all good"

lint: ## Check the formatting.
	@echo "== lint: formatting"
	@$(SWIFT) format lint --strict --parallel --recursive $(STYLED)

sources: ## Check the rules that neither compiler nor formatter knows.
	@echo "== sources: imports, banned words, lengths, the README's example"
	@.ci/check-sources-test
	@.ci/check-sources

unit-tests: ## Build with warnings as errors, and run all tests.
	@echo "== unit-tests: building; the first time takes minutes"
	@$(SWIFT) build --quiet --build-tests --explicit-target-dependency-import-check error
	@echo "== unit-tests: running"
	@$(SWIFT) test --quiet --skip-build --disable-xctest --skip '$(CRASHES)|EndToEndTests'
	@echo "== unit-tests: running the whole program"
	@$(SWIFT) test --quiet --skip-build --disable-xctest --filter EndToEndTests --skip '$(CRASHES)|$(MEDIA)'
	@$(SWIFT) test --quiet --skip-build --disable-xctest --filter '$(MEDIA)'
	@echo "== unit-tests: killing the program at every change of a file"
	@$(SWIFT) test --quiet --skip-build --disable-xctest --filter '$(CRASHES)'

races: ## Run the tests of the runtime with the thread sanitizer.
	@TAPEDECK_TESTS=RecordingHost SWIFT="$(SWIFT)" SCRATCH="$(SCRATCH)" .ci/sanitize thread

out-of-tree: ## Build and run a package that uses this one as a library.
	@echo "== out-of-tree: building; the first time takes minutes"
	@$(SWIFT) build --quiet --build-tests --package-path Tests/OutOfTree --scratch-path $(SCRATCH)/out-of-tree
	@$(SWIFT) test --quiet --skip-build --disable-xctest \
	    --package-path Tests/OutOfTree --scratch-path $(SCRATCH)/out-of-tree
	@$(SCRATCH)/out-of-tree/debug/embed

docs: ## Build the documentation as a web site, warnings as errors; check that its pages have not gone stale.
	@echo "== docs: pages, comments, code"
	@.ci/docs-test
	@SWIFT="$(SWIFT)" SCRATCH="$(SCRATCH)" .ci/docs

bench-peers: build ## Measure beside other tools on the same jobs, into Docs/benchmarks.md; takes some 20 minutes.
	@cd Tests/Benchmarks && python3 -B -m unittest --quiet checks
	@Tests/Benchmarks/run $(ARGS)

soak: ## For MINUTES=30 read two platforms while everything fails at random; SEED=N decides alike again.
	@echo "== soak: building; the first time takes minutes"
	@$(SWIFT) build --quiet --build-tests
	@$(SWIFT) build --quiet --configuration release $(STATIC) --product tapedeck
	@echo "== soak: $(MINUTES) minutes"
	@TAPEDECK_SOAK_MINUTES=$(MINUTES) TAPEDECK_SOAK_SEED=$(SEED) \
	    TAPEDECK_SOAK_PROGRAM="$(CURDIR)/$(SCRATCH)/release/tapedeck" \
	    $(SWIFT) test --skip-build --disable-xctest --filter SoakTests

kills: ## Kill the program at random moments, KILLS=200 times; SEED=N repeats a run.
	@echo "== kills: building; the first time takes minutes"
	@$(SWIFT) build --quiet --build-tests
	@echo "== kills: killing $(KILLS) times"
	@TAPEDECK_SOAK_KILLS=$(KILLS) TAPEDECK_SOAK_SEED=$(SEED) \
	    $(SWIFT) test --skip-build --disable-xctest --filter KillTests

sanitize: ## Run the tests with the address and the thread sanitizer; SANITIZERS=address for one of them.
	@.ci/setup --tests
	@SWIFT="$(SWIFT)" SCRATCH="$(SCRATCH)" .ci/sanitize $(SANITIZERS)

fuzz: ## Give arbitrary bytes to all that reads some, SECONDS=600 each; TARGETS="json link" names some.
	@.ci/setup
	@SWIFT="$(SWIFT)" SCRATCH="$(SCRATCH)" SECONDS_EACH="$(SECONDS)" .ci/fuzz $(TARGETS)

fuzz-corpora: ## Keep the inputs that the fuzzers have found, as few as reach as much.
	@SWIFT="$(SWIFT)" SCRATCH="$(SCRATCH)" .ci/fuzz --minimise

format: ## Format all sources in place.
	@$(SWIFT) format --in-place --parallel --recursive $(STYLED)

clean: ## Remove what was built.
	@rm -rf $(SCRATCH)
