package db

import _ "embed"

// SupabaseSQL makes a plain Postgres look like the database of a Supabase project: API roles, schema extensions, schema
// auth with its functions and GoTrue's own tables. It is idempotent, wants a superuser, and is for embedded and test
// databases only; a real Supabase brings all of it itself.
//
//go:embed supabase.sql
var SupabaseSQL string
