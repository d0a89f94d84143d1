.DEFAULT_GOAL := help
SHELL := /bin/bash

NPM := openapi openapi/docs clients/typescript internal/checks/browsertest internal/dev/standin/authjs
OAPI := go tool -modfile=build/tools.mod oapi-codegen
SQLC := go tool -modfile=build/tools.mod sqlc
SEED ?= 1,2,3,4
CASES ?= 100
LINT := go tool -modfile=build/lint.mod golangci-lint

.PHONY: help run test gen gen-current lint test-go fuzz bench deps

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## Run everything on this machine: Postgres, sign-in, demo account, API, docs
	@mkdir -p bin && go build -o bin/dev ./internal/cmd/dev
	@exec bin/dev

test: deps gen-current lint test-go ## Install what is needed and run every check

gen: openapi/node_modules openapi/docs/node_modules ## Regenerate gen/ and db/schema.sql from openapi/, migrations/, db/functions/ and db/queries/
	go run ./internal/tools/nutrient/generate
	cd openapi && node_modules/.bin/redocly lint --format=stylish && node_modules/.bin/redocly bundle main -o ../gen/openapi.yaml
	mkdir -p out && cd openapi && node_modules/.bin/redocly bundle server -o ../out/openapi-server.yaml
	$(OAPI) -config oapi-codegen.yaml out/openapi-server.yaml
	$(OAPI) -config build/oapi-codegen-client.yaml gen/openapi.yaml
	go run ./internal/cmd/schema
	$(SQLC) generate
	npm --prefix openapi run --silent gen:ts
	UPDATE=1 go test -count=1 -run ErrorsGuide ./internal/checks/docstest >/dev/null # the table of codes
	npm --prefix openapi/docs run --silent build

fuzz: deps ## Hold a running server to its contract for longer: make fuzz SEED=7,8 CASES=300
	go run ./internal/cmd/testdb -- go test -tags=fuzz -count=1 -v -timeout=80m -run=AllPhases ./internal/checks/fuzz -args -seeds=$(SEED) -cases=$(CASES)

bench: ## Measure against the hand-written limit, and at the size of a service
	go run ./internal/checks/bench

deps: $(NPM:%=%/node_modules) # what the tests need beyond Go
	@scripts/need chromium pgbouncer $(if $(CI),postgresql) # a second Postgres, with psql; elsewhere its tests do without

gen-current: gen # generated code is what the sources say
	@git diff --exit-code --stat -- gen db/schema.sql openapi/guides && test -z "$$(git status --porcelain -- gen db/schema.sql)" || { echo "gen/ or db/schema.sql is not current: run make gen and commit it"; exit 1; }

lint: deps # vet, golangci-lint with the arrows of the house, breaking changes of the contract
	go vet ./...
	$(LINT) run ./...
	@scripts/breaking

test-go: deps # every Go test with the race detector, among them Chromium, the npm package and contract fuzzing
	@mkdir -p bin && go build -o bin/testdb ./internal/cmd/testdb
	bin/testdb -- go test -race -parallel 8 -timeout 20m ./...
	TEST_POOLER=transaction bin/testdb -- go test -race -parallel 8 ./internal/rooms/nutrition -rapid.checks=5 # and through pgbouncer
	TEST_POOLER=transaction bin/testdb -- go test -race -parallel 8 ./internal/rooms/users

%/node_modules: %/package-lock.json
	npm --prefix $* ci --no-progress
	@touch $@
