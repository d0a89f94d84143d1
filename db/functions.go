package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// functionFS holds functions, views and triggers, a file for each subject. They hold no data, so they are no migrations: a
// file is edited where it stands, and applied again when its content has changed. functions/README.md has the rules.
//
//go:embed functions/*.sql
var functionFS embed.FS

// functionFile is one of them. defines has a line for each object, as in "function private.portion", "view public.diary" and
// "trigger keep_version on public.meals".
type functionFile struct {
	name, text, sha256 string
	defines            []string
}

var (
	definitions = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^create or replace (function) ([a-z0-9_.]+)\(`),
		regexp.MustCompile(`(?m)^create or replace (view) ([a-z0-9_.]+) `),
		regexp.MustCompile(`(?m)^create or replace (trigger [a-z0-9_]+ )[^;]*? (on [a-z0-9_.]+)`),
	}
	creations = regexp.MustCompile(`(?mi)^\s*create\s`)
)

// functionFiles reads them in the order in which they are applied, that of their names.
func functionFiles() ([]functionFile, error) {
	entries, err := functionFS.ReadDir("functions")
	if err != nil {
		return nil, err
	}
	files := make([]functionFile, len(entries))
	definedBy := map[string]string{}
	for i, e := range entries {
		b, err := functionFS.ReadFile("functions/" + e.Name())
		if err != nil {
			return nil, err
		}
		f := functionFile{name: e.Name(), text: string(b), sha256: fmt.Sprintf("%x", sha256.Sum256(b))}
		for _, d := range definitions {
			for _, m := range d.FindAllStringSubmatch(f.text, -1) {
				object := strings.TrimSpace(m[1]) + " " + m[2]
				if other := definedBy[object]; other != "" {
					return nil, fmt.Errorf("%s and %s both define %s", other, f.name, object)
				}
				definedBy[object] = f.name
				f.defines = append(f.defines, object)
			}
		}
		if n := len(creations.FindAllString(f.text, -1)); n != len(f.defines) {
			return nil, fmt.Errorf("%s creates %d objects, of which %d are written as functions/README.md asks", f.name, n, len(f.defines))
		}
		files[i] = f
	}
	return files, nil
}

// functionSet identifies all files together.
func functionSet(files []functionFile) string {
	sum := sha256.New()
	for _, f := range files {
		fmt.Fprintln(sum, f.name, f.sha256)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// applyFunctions applies each file whose content is not the recorded one, or of which an object is missing because a migration
// or another file had to drop it; then it drops what no file defines any more. All of it is one transaction, so that nobody
// meets new functions beside old ones.
func applyFunctions(ctx context.Context, conn *pgx.Conn) error {
	files, err := functionFiles()
	if err != nil {
		return err
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	recorded, err := recordedFiles(ctx, tx)
	if err != nil {
		return fmt.Errorf("read what was applied: %w", err)
	}
	present, err := presentObjects(ctx, tx)
	if err != nil {
		return err
	}
	for _, f := range files {
		if recorded[f.name].sha256 == f.sha256 && present.hasAll(f.defines) {
			continue
		}
		if err := applyFile(ctx, tx, f); err != nil {
			return err
		}
		if present, err = presentObjects(ctx, tx); err != nil { // the file may have dropped what a later one defines
			return err
		}
	}
	if err := dropUndefined(ctx, tx, files, recorded, present); err != nil {
		return err
	}
	if err := checkDefined(ctx, tx, files); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into private.function_sets as s (sha256) values ($1)
		on conflict (sha256) do update set applied_at = excluded.applied_at
		where s.applied_at < (select max(o.applied_at) from private.function_sets o)`, functionSet(files))
	if err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func recordedFiles(ctx context.Context, tx pgx.Tx) (map[string]functionFile, error) {
	rows, err := tx.Query(ctx, "select name, sha256, defines from private.function_files")
	if err != nil {
		return nil, err
	}
	files := map[string]functionFile{}
	var f functionFile
	_, err = pgx.ForEachRow(rows, []any{&f.name, &f.sha256, &f.defines}, func() error {
		files[f.name] = f
		f.defines = nil
		return nil
	})
	return files, err
}

// objects counts the functions, views and triggers of a database as functionFile names them. More than one of a name means
// a function with several signatures.
type objects map[string]int

func (o objects) hasAll(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return o[name] == 0 })
}

func presentObjects(ctx context.Context, tx pgx.Tx) (objects, error) {
	rows, err := tx.Query(ctx, `
		select 'function ' || n.nspname || '.' || p.proname
		from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('public', 'private')
		union all
		select 'view ' || n.nspname || '.' || c.relname
		from pg_class c
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('public', 'private') and c.relkind = 'v'
		union all
		select 'trigger ' || t.tgname || ' on ' || n.nspname || '.' || c.relname
		from pg_trigger t
		join pg_class c on c.oid = t.tgrelid
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('public', 'private', 'auth') and not t.tgisinternal`)
	if err != nil {
		return nil, err
	}
	present := objects{}
	var name string
	_, err = pgx.ForEachRow(rows, []any{&name}, func() error {
		present[name]++
		return nil
	})
	return present, err
}

// applyFile runs the file and records it. The rights that it grants are all that there are afterwards: replacing a function
// keeps those that an earlier version of the file granted, and a new function may be executed by everybody.
func applyFile(ctx context.Context, tx pgx.Tx, f functionFile) error {
	if err := revoke(ctx, tx, f.defines, "public, anon, authenticated, app"); err != nil {
		return err
	}
	// The simple protocol takes many statements at once.
	if _, err := tx.Conn().PgConn().Exec(ctx, f.text).ReadAll(); err != nil {
		return fmt.Errorf("apply db/functions/%s%s: %w", f.name, lineOf(f.text, err), err)
	}
	if err := revoke(ctx, tx, f.defines, "public"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into private.function_files (name, sha256, defines) values ($1, $2, $3)
		on conflict (name) do update set sha256 = excluded.sha256, defines = excluded.defines, applied_at = now()`, f.name, f.sha256, f.defines)
	return err
}

// revoke takes all rights on functions and views back, as far as they exist.
func revoke(ctx context.Context, tx pgx.Tx, names []string, roles string) error {
	rows, err := tx.Query(ctx, `
		select format('revoke all on function %s from ', p.oid::regprocedure)
		from pg_proc p
		join pg_namespace n on n.oid = p.pronamespace
		where 'function ' || n.nspname || '.' || p.proname = any ($1)
		union all
		select format('revoke all on table %s from ', c.oid::regclass)
		from pg_class c
		join pg_namespace n on n.oid = c.relnamespace
		where 'view ' || n.nspname || '.' || c.relname = any ($1)`, names)
	if err != nil {
		return err
	}
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement+roles); err != nil {
			return fmt.Errorf("%s: %w", statement+roles, err)
		}
	}
	return nil
}

// lineOf is ":" and the line at which Postgres found an error in the text, or nothing when it named none.
func lineOf(text string, err error) string {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok || pg.Position == 0 {
		return ""
	}
	read := []rune(text)[:pg.Position-1] // Postgres counts characters
	return fmt.Sprintf(":%d", 1+strings.Count(string(read), "\n"))
}

// dropUndefined drops what files defined when they were applied before and no file defines now. It drops nothing that something
// else depends on, but fails.
func dropUndefined(ctx context.Context, tx pgx.Tx, files []functionFile, recorded map[string]functionFile, present objects) error {
	defined := map[string]bool{}
	for _, f := range files {
		for _, object := range f.defines {
			defined[object] = true
		}
	}
	undefined := map[string][]string{}
	for _, was := range recorded {
		for _, object := range was.defines {
			if !defined[object] && present[object] > 0 {
				kind, name, _ := strings.Cut(object, " ")
				undefined[kind] = append(undefined[kind], name)
			}
		}
		if !slices.ContainsFunc(files, func(f functionFile) bool { return f.name == was.name }) {
			if _, err := tx.Exec(ctx, "delete from private.function_files where name = $1", was.name); err != nil {
				return err
			}
		}
	}
	var statements []string
	for _, trigger := range undefined["trigger"] {
		statements = append(statements, "drop trigger "+trigger)
	}
	// In one statement each, for they may depend on each other.
	for _, kind := range []string{"view", "function"} {
		if len(undefined[kind]) > 0 {
			statements = append(statements, "drop "+kind+" "+strings.Join(undefined[kind], ", "))
		}
	}
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s, which no file defines any more: %w", statement, err)
		}
	}
	return nil
}

// checkDefined refuses what would break at run time: an object that another file dropped, and a function that still has its
// former signature beside the new one.
func checkDefined(ctx context.Context, tx pgx.Tx, files []functionFile) error {
	present, err := presentObjects(ctx, tx)
	if err != nil {
		return err
	}
	for _, f := range files {
		for _, object := range f.defines {
			switch n := present[object]; {
			case n == 0:
				return fmt.Errorf("db/functions/%s defines %s, and a later file drops it", f.name, object)
			case n > 1:
				return fmt.Errorf("%s has %d signatures: db/functions/%s has to drop the former one", object, n, f.name)
			}
		}
	}
	return nil
}

// functionState says whether a database has the functions of this binary.
type functionState int

const (
	functionsCurrent functionState = iota
	functionsOlder                 // than this binary's, or none at all
	functionsNewer                 // this binary's were applied once, and others after them
)

// readFunctionState asks as the owner or as the role app. What was applied last decides; there is no number that could be
// forgotten.
func readFunctionState(ctx context.Context, conns *sql.DB) (functionState, error) {
	files, err := functionFiles()
	if err != nil {
		return 0, err
	}
	rows, err := conns.QueryContext(ctx, "select sha256 from private.applied_function_sets() order by applied_at")
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "3F000" || pg.Code == "42883") { // no schema, no function
		return functionsOlder, nil
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	state, own := functionsOlder, functionSet(files)
	for rows.Next() {
		var applied string
		if err := rows.Scan(&applied); err != nil {
			return 0, err
		}
		switch {
		case applied == own:
			state = functionsCurrent
		case state == functionsCurrent:
			state = functionsNewer
		}
	}
	return state, rows.Err()
}
