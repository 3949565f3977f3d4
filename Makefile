# Everything a fresh Debian machine with Swift needs: `make run` or `make test`.
SHELL := /bin/bash
PACKAGES := libsqlite3-dev libcurl4-openssl-dev libssl-dev
IMPORTS := --explicit-target-dependency-import-check error
WHOLE := ^(SystemTests|ContractTests)\.
WIRE := ^(GatewayTests|CurlTests|HTTPServerTests|HTTPClientTests)\.
SOURCES := Package.swift Services Gateway Shared Tests

.DEFAULT_GOAL := help
.PHONY: help setup build run smoke test sanitize lint format bench clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: # the toolchain must be there; missing Debian packages are installed
	@command -v swift >/dev/null || { echo "swift not found: install Swift 6.3 from https://www.swift.org/install" >&2; exit 1; }
	@missing=(); for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Abbrev}' $$package 2>/dev/null | grep -q '^ii' || missing+=($$package); done; \
	if [ $${#missing[@]} -gt 0 ]; then \
	  echo "installing $${missing[*]}"; root=; [ $$(id -u) -eq 0 ] || root=sudo; \
	  $$root apt-get update -q && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $${missing[@]}; fi

build: setup ## the release build, with the direction of imports checked
	swift build -c release --static-swift-stdlib $(IMPORTS)

run: build ## the whole forum on this machine, with something in it
	.build/release/forum up --seed

# What was optimised is another program than the one that the suite has run.
smoke: build ## the release build starts, and a dozen people talk in it
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	.build/release/forum up --seed --port 0 --data "$$folder/data" >"$$folder/log" 2>&1 & forum=$$!; \
	for ((try = 0; try < 300; try++)); do \
	  grep -q 'try: curl' "$$folder/log" && break; kill -0 $$forum || break; sleep 0.2; done; \
	kill -TERM $$forum; wait $$forum; \
	grep '^seed: [0-9]* steps taken, 0 had' "$$folder/log" || { cat "$$folder/log" >&2; exit 1; }

# Whole systems run by themselves: their processes would keep the others' threads waiting.
test: setup ## the whole suite
	swift build --build-tests $(IMPORTS)
	swift test --skip-build --skip '$(WHOLE)'
	swift test --skip-build --filter '$(WHOLE)'

sanitize: sanitize-address sanitize-thread ## the suite under two sanitizers: half an hour on two cores

# Tests that give each other seconds run by themselves: all is several times slower here. What the
# started programs have to say is in files, too, since their output belongs to the tests.
sanitize-%: setup
	swift build --build-tests --sanitize=$* --scratch-path .build-$*
	@rm -f .build-$*/report.*
	$(if $(filter thread,$*),clang -shared -fPIC -o .build-thread/mutex.so Tests/Sanitize/mutex.c)
	for part in '--skip $(WHOLE)|$(WIRE)' '--filter $(WIRE)' '--filter $(WHOLE)'; do \
	  env $(SANITIZED_$*) swift test --skip-build --sanitize=$* --scratch-path .build-$* $$part || exit; done
	@if ls .build-$*/report.* 2>/dev/null; then cat .build-$*/report.* | grep SUMMARY; exit 1; fi

# Leaks are left out: what a suspended task holds looks like one at the end of a process. Freed
# memory is kept for less time than usual, because some tests measure how much there is.
SANITIZED_address = ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16:log_path=$(CURDIR)/.build-address/report
SANITIZED_thread = LD_PRELOAD=$(CURDIR)/.build-thread/mutex.so \
  TSAN_OPTIONS=exitcode=0:history_size=4:log_path=$(CURDIR)/.build-thread/report

lint: ## the formatter finds nothing to say
	swift format lint --strict --recursive $(SOURCES)

format: ## let the formatter have its way
	swift format --in-place --recursive $(SOURCES)

bench: build ## our fixed answer beside nginx's, where that is installed
	FIXED_COMMAND='env FORUM_LOOPS=1 FORUM_DATA=@DIR@ FORUM_PORT=@PORT@ .build/release/users' \
	  Tests/Load/side-by-side.sh fixed

clean: ## remove what was built
	rm -rf .build .build-*
