.DEFAULT_GOAL := help
SHELL := /bin/bash
# A Node that scripts/node brought, if it had to. A comment behind the value would leave a blank in the last folder of PATH.
export PATH := $(CURDIR)/out/node/bin:$(PATH)

NPM := openapi openapi/docs clients/typescript clients/typescript/environments internal/checks/browsertest internal/dev/standin/authjs
OAPI := go tool -modfile=build/tools.mod oapi-codegen
SQLC := go tool -modfile=build/tools.mod sqlc
LINT := go tool -modfile=build/lint.mod golangci-lint
SEED ?= 1,2,3,4
CASES ?= 100

.PHONY: help run dev psql check test fmt sense gen gen-nutrients gen-lint gen-server gen-client gen-schema gen-queries gen-current lint test-go fuzz bench release deps need node

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## Run everything on this machine: Postgres, sign-in, demo account, API, docs
	@mkdir -p bin && go build -o bin/dev ./internal/cmd/dev
	@exec bin/dev

dev: bin/air ## The same, and build and start the API again whenever a file is saved
	@mkdir -p bin && go build -o bin/dev ./internal/cmd/dev
	@exec bin/dev watch bin/air -c build/air.toml

psql: ## Open the development database: make psql, or make psql ARGS="-c 'select 1'"
	@mkdir -p bin && go build -o bin/dev ./internal/cmd/dev
	@exec bin/dev psql $(ARGS)

check: ## What one room needs, in under a minute: make check ROOM=nutrition
	@scripts/check $(ROOM)

test: ## Install what is needed and run every check; what CI runs
	@scripts/parts deps gen-current lint test-go

sense: ## Make the weights of the guard from its examples, after a change of them or of the red-team set (a minute)
	go run ./internal/cmd/sense

gen: gen-lint gen-server gen-client gen-schema gen-queries openapi/docs/node_modules ## Regenerate gen/ and db/schema.sql from openapi/, migrations/, db/functions/ and db/queries/
	npm --prefix openapi run --silent gen:ts
	UPDATE=1 go test -count=1 -run GeneratedTables ./internal/checks/docstest >/dev/null # the tables in the guides
	npm --prefix openapi/docs run --silent build

fmt: ## Format Go: imports, and lines of at most 140 columns
	$(LINT) fmt

fuzz: deps ## Hold a running server to its contract for longer: make fuzz SEED=7,8 CASES=300
	go run ./internal/cmd/testdb -- go test -tags=fuzz -count=1 -v -timeout=80m -run=AllPhases ./internal/checks/fuzz -args -seeds=$(SEED) -cases=$(CASES)

bench: ## Measure against the hand-written limit, and at the size of a service
	go run ./internal/checks/bench

release: ## Tag a version and build what is published: make release VERSION=1.2.0, first with DRY_RUN=1
	@scripts/release $(if $(DRY_RUN),--dry-run) $(VERSION)

gen-nutrients: # what repeats the table of nutrients: schemas of the contract, lists in SQL
	go run ./internal/tools/nutrient/generate

gen-lint: gen-nutrients openapi/node_modules
	cd openapi && node_modules/.bin/redocly lint --format=stylish

gen-server: gen-nutrients openapi/node_modules # the bundled contract, and the server's view of it
	cd openapi && node_modules/.bin/redocly bundle main -o ../gen/openapi.yaml
	@mkdir -p out
	cd openapi && node_modules/.bin/redocly bundle server -o ../out/openapi-server.yaml
	cd openapi && node_modules/.bin/redocly bundle client -o ../out/openapi-client.yaml
	$(OAPI) -config oapi-codegen.yaml out/openapi-server.yaml

gen-client: # of what gen-server bundled
	$(OAPI) -config build/oapi-codegen-client.yaml out/openapi-client.yaml

gen-schema: # the whole schema as one file, for people and for sqlc
	go run ./internal/cmd/schema

gen-queries: gen-nutrients
	$(SQLC) generate

gen-current: gen # generated code is what the sources say
	@git diff --exit-code --stat -- gen db/schema.sql openapi/guides && test -z "$$(git status --porcelain -- gen db/schema.sql)" || { echo "gen/ or db/schema.sql is not current: run make gen and commit it"; exit 1; }

lint: deps # vet, golangci-lint with the arrows of the house, breaking changes of the contract
	go vet ./...
	$(LINT) run ./...
	@scripts/acceptance
	@scripts/breaking

test-go: deps # every Go test, among them Chromium, the npm package, contract fuzzing and pgbouncer
	@mkdir -p bin && go build -o bin/testdb ./internal/cmd/testdb
	bin/testdb -- scripts/test-go

deps: need $(NPM:%=%/node_modules) # what the tests need beyond Go modules

need: # before anything long begins; in CI also a second Postgres, with psql, and zsh: elsewhere tests do without
	@scripts/need go cc git curl python chromium pgbouncer $(if $(CI),postgresql zsh)

node:
	@scripts/node

%/node_modules: %/package-lock.json | node
	npm --prefix $* ci --no-progress
	@touch $@

bin/air: build/dev.mod
	go build -modfile=build/dev.mod -o $@ github.com/air-verse/air
