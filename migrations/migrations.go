// Package migrations holds the schema as forward-only SQL files, embedded so that a binary carries the schema it was
// built for. Each file also runs as it is with psql or `supabase db push`.
package migrations

import "embed"

// Files are applied in the order of their numbers.
//
//go:embed *.sql
var Files embed.FS
