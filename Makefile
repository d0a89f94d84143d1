.DEFAULT_GOAL := help
OAPI := go tool -modfile=tools.mod oapi-codegen
SQLC := go tool -modfile=tools.mod sqlc

.PHONY: help run gen
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

gen: openapi/node_modules ## Regenerate everything in gen/ from openapi/ and db/queries/
	cd openapi && node_modules/.bin/redocly lint --format=stylish && node_modules/.bin/redocly bundle main -o ../gen/openapi.yaml
	$(OAPI) -config oapi-codegen.yaml gen/openapi.yaml
	$(SQLC) generate && $(SQLC) vet

openapi/node_modules: openapi/package-lock.json
	cd openapi && npm ci --no-progress
	@touch $@
