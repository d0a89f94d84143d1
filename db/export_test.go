package db

import (
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ultimatecoach/api/gen/queries"
)

// Door lets tests say any SQL as the person in ctx; rooms have sqlc's methods only.
func (d *DB) Door() queries.DBTX { return door{d} }

// Pool lets tests look at a connection past the door.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }
