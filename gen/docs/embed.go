// Package docsfs carries the built documentation site in the binary: each file only compressed, as .br and as .gz,
// fonts as they are. `node openapi/docs/build.mjs` writes everything here but this file.
package docsfs

import "embed"

// FS holds the site; a path is the address without /docs.
//
//go:embed *.br *.gz assets guides
var FS embed.FS
