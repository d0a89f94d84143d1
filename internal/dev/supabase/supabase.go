// Package supabase makes a plain Postgres look like that of a Supabase project, for development and tests.
package supabase

import _ "embed"

// SQL makes a plain Postgres look like the database of a Supabase project: API roles, schema extensions, schema
// auth with its functions and GoTrue's own tables. It is idempotent, wants a superuser, and is for embedded and test
// databases only; a real Supabase brings all of it itself.
//
//go:embed supabase.sql
var SQL string

// Handover prepares a database with the accounts of the stand-in for a real Supabase Auth.
//
//go:embed handover.sql
var Handover string
