package db

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrBusy means that no connection came free in time.
var ErrBusy = errors.New("no database connection came free")

// Fault is what an error from this package means to a request.
type Fault int

const (
	// Unexpected is a defect of ours, or of the schema.
	Unexpected Fault = iota
	// NoRows: nothing is there, or nothing the person may see.
	NoRows
	// SessionEnded: the token is fine, its session is gone.
	SessionEnded
	// Duplicate: a unique constraint refused the row.
	Duplicate
	// Refused: row level security or missing rights.
	Refused
	// Unavailable: the database is away, starting, stopping or full; trying again may help.
	Unavailable
	// CallerGone: the request was cancelled by whoever made it.
	CallerGone
)

// Diagnose tells what an error means. Errors that are not from the database are Unexpected.
func Diagnose(err error) Fault {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "UC401":
			return SessionEnded
		case pg.Code == "23505":
			return Duplicate
		case pg.Code == "42501":
			return Refused
		case strings.HasPrefix(pg.Code, "08"), // connection exceptions
			strings.HasPrefix(pg.Code, "53"), // too many connections, out of memory, disk full
			strings.HasPrefix(pg.Code, "57P"), // shutdown, crash, starting up
			pg.Code == "40001", pg.Code == "40P01", // serialization, deadlock
			pg.Code == "25006": // read only: a failover is on its way
			return Unavailable
		case pg.Code == "57014": // statement cancelled: by a timeout of ours, or because the caller left
			return Unavailable
		}
		return Unexpected
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return NoRows
	case errors.Is(err, context.Canceled):
		return CallerGone
	case errors.Is(err, ErrBusy),
		errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &connect),
		errors.As(err, &network),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		pgconn.SafeToRetry(err),
		strings.Contains(err.Error(), "conn closed"): // pgx has no name for it
		return Unavailable
	}
	return Unexpected
}

// IsNoRows reports whether a query that wanted one row found none.
func IsNoRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
