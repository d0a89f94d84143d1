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

// ErrBusy means that no connection became free within AcquireTimeout.
var ErrBusy = errors.New("no database connection became free")

// Fault is what an error from this package means to a request.
type Fault int

const (
	// Unexpected is a bug of ours, or of the schema.
	Unexpected Fault = iota
	// NoRows means: nothing is there, or nothing the person may see.
	NoRows
	// SessionEnded means: the token is fine, its session is gone.
	SessionEnded
	// Duplicate means: a unique constraint refused the row.
	Duplicate
	// Refused means: row level security or missing rights.
	Refused
	// Unavailable means: the database is unreachable, starting, stopping or full; a retry may help.
	Unavailable
	// CallerGone means: the caller cancelled the request.
	CallerGone
	// NoFault means: there is no error.
	NoFault
)

// Diagnose returns what an error means. Errors that are not from the database are Unexpected.
func Diagnose(err error) Fault {
	var connect *pgconn.ConnectError
	var pg *pgconn.PgError
	var network net.Error
	switch {
	case err == nil:
		return NoFault
	case errors.Is(err, context.Canceled):
		return CallerGone
	case errors.As(err, &connect): // whatever it was: a password that changed is an outage too, and nothing was run
		return Unavailable
	case errors.As(err, &pg):
		return diagnoseCode(pg.Code)
	case errors.Is(err, pgx.ErrNoRows):
		return NoRows
	case errors.Is(err, ErrBusy),
		errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &network),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		pgconn.SafeToRetry(err),
		strings.Contains(err.Error(), "conn closed"): // pgx has no name for it
		return Unavailable
	}
	return Unexpected
}

func diagnoseCode(code string) Fault {
	switch code {
	case "UC401":
		return SessionEnded
	case "23505":
		return Duplicate
	case "42501":
		return Refused
	case "40001", "40P01", // serialization, deadlock
		"55P03",          // a lock did not come free in time
		"57014",          // cancelled by a timeout of the server's, or because the caller left
		"25P03", "25P04", // the same for a whole transaction
		"25006": // read only: a failover is on its way
		return Unavailable
	}
	switch {
	case strings.HasPrefix(code, "08"), // connection exceptions
		strings.HasPrefix(code, "53"),  // too many connections, out of memory, disk full
		strings.HasPrefix(code, "57P"): // shutdown, crash, starting up
		return Unavailable
	}
	return Unexpected
}

// Refusal is what one of our SQL functions refused: it raised SQLSTATE UC000 with a code as its message.
type Refusal struct {
	// Code is a word such as day_full, of a cause or a field; package problem has all of them.
	Code string
	// Detail is JSON where there is more to say.
	Detail string
}

// RefusalOf returns the refusal in err, if there is one.
func RefusalOf(err error) (Refusal, bool) {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok || pg.Code != "UC000" {
		return Refusal{}, false
	}
	return Refusal{pg.Message, pg.Detail}, true
}

// IsNoRows reports whether a query for one row found none.
func IsNoRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
