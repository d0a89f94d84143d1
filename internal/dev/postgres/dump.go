package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// heading stands before each object of a dump.
var heading = regexp.MustCompile(`(?m)^--\n-- Name: (.*); Type: (.*); Schema: .*\n--\n`)

// Dump returns the definition of everything in schemas public and private of a database of this server, and the triggers that
// stand on tables of schema auth, as SQL. It is the same for the same schema: it names no version and no owner.
func (s *Server) Dump(ctx context.Context, databaseURL string) (string, error) {
	if s.Borrowed {
		return "", errors.New("dump: another process runs the server, with programs that this one does not know")
	}
	cmd := exec.CommandContext(ctx, s.pg.program("pg_dump"),
		"--schema-only", "--schema=public", "--schema=private", "--no-owner", databaseURL)
	// PGOPTIONS and the like in the environment are meant for another server.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(kv string) bool { return strings.HasPrefix(kv, "PG") })
	var failure bytes.Buffer
	cmd.Stderr = &failure
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("pg_dump: %w: %s", err, bytes.TrimSpace(failure.Bytes()))
	}
	triggers, err := authTriggers(ctx, databaseURL)
	if err != nil {
		return "", fmt.Errorf("read the triggers of schema auth: %w", err)
	}
	return strings.Join(append(statements(string(out)), triggers...), "\n\n") + "\n", nil
}

// statements leaves out what pg_dump says about the session, and what Supabase has done to schema public.
func statements(dump string) (kept []string) {
	dump, _, _ = strings.Cut(dump, "--\n-- PostgreSQL database dump complete")
	places := heading.FindAllStringSubmatchIndex(dump, -1)
	for i, p := range places {
		name, kind, end := dump[p[2]:p[3]], dump[p[4]:p[5]], len(dump)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		if kind != "DEFAULT ACL" && name != "public" && name != "SCHEMA public" {
			kept = append(kept, strings.TrimSpace(dump[p[1]:end]))
		}
	}
	return kept
}

func authTriggers(ctx context.Context, databaseURL string) ([]string, error) {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, `
		select pg_get_triggerdef(t.oid) || ';'
		from pg_trigger t
		join pg_class c on c.oid = t.tgrelid
		where c.relnamespace = 'auth'::regnamespace and not t.tgisinternal
		order by t.tgname`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
