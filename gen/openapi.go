// Package gen holds the bundled contract that everything beside it was generated from.
package gen

import _ "embed"

// OpenAPI is the contract, YAML.
//
//go:embed openapi.yaml
var OpenAPI []byte
