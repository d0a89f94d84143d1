// Package docsfs carries the built documentation site in the binary, uncompressed. `node openapi/docs/build.mjs` writes
// everything here but this file.
package docsfs

import "embed"

// FS holds the site; a path is the address without /docs.
//
//go:embed *.html *.md *.txt *.json assets guides
var FS embed.FS
