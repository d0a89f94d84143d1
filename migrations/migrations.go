// Package migrations holds the schema as forward-only SQL files, embedded so that a binary carries the schema it was
// built for. Each file also runs as it is with psql or `supabase db push`. The job queue's tables are not among them: River
// brings its own migrations, which `api migrate` runs after these.
package migrations

import "embed"

// Files are applied in the order of their numbers.
//
//go:embed *.sql
var Files embed.FS
