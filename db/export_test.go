package db

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ultimatecoach/api/gen/queries"
)

// DBTX lets tests say any SQL as the person in ctx; rooms have sqlc's methods only.
func (d *DB) DBTX() queries.DBTX { return dbtx{d} }

// DefinedObjects names what the files of db/functions define.
func DefinedObjects() (names []string, err error) {
	files, err := functionFiles()
	for _, f := range files {
		names = append(names, f.defines...)
	}
	return names, err
}

// PresentObjects names the functions, views and triggers of a database.
func PresentObjects(ctx context.Context, tx pgx.Tx) (map[string]int, error) {
	return presentObjects(ctx, tx)
}

// Pool lets tests look at a connection without DBTX.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }
