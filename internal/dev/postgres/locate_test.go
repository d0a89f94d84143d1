package postgres

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeBin makes a bin folder whose programs claim a version and have the extensions.
func fakeBin(t *testing.T, version string, extensions ...string) string {
	t.Helper()
	programs, err := filepath.Abs("testdata/fakepg")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	share := filepath.Join(dir, "share", "extension")
	if err := os.MkdirAll(share, 0o755); err != nil {
		t.Fatal(err)
	}
	// Links, since a program that was just written may still be open for writing in another test's fork.
	for _, name := range []string{"postgres", "pg_config", "initdb"} {
		if err := os.Symlink(filepath.Join(programs, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "version"), []byte(version), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range extensions {
		if err := os.WriteFile(filepath.Join(share, name+".control"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind_SeveralSources_TakesTheFirstThatWorks(t *testing.T) {
	t.Parallel()
	const fromWheel = "/wheel/bin"
	var (
		v14       = fakeBin(t, "14.9", extensions...)
		v15       = fakeBin(t, "15.18 (Debian 15.18-0+deb12u1)", extensions...)
		v17       = fakeBin(t, "17beta2", extensions...)
		v17bare   = fakeBin(t, "17.1", "pg_trgm", "unaccent", "btree_gin", "citext")
		absent    = filepath.Join(t.TempDir(), "absent")
		allSystem = []string{absent, v14, v15, v17bare}
	)
	for name, c := range map[string]struct {
		bindir string
		system []string
		made   int
		want   string
		major  int
	}{
		"POSTGRES_BINDIR before all":              {bindir: v15, system: []string{v17}, want: v15, major: 15},
		"the newest installed one that has all":   {system: []string{v15, v17}, want: v17, major: 17},
		"not one without pgvector or below 15":    {system: allSystem, want: v15, major: 15},
		"the wheel when no installed one will do": {system: []string{absent, v14, v17bare}, want: fromWheel, major: NewestMajor},
		"the version that made the data":          {system: []string{v15, v17}, made: 15, want: v15, major: 15},
		"the wheel for data that the wheel made":  {system: []string{v15, v17}, made: NewestMajor, want: fromWheel, major: NewestMajor},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fi := finder{bindir: c.bindir, system: c.system, wheel: func(context.Context) (postgres, error) {
				return postgres{bin: fromWheel, major: NewestMajor}, nil
			}}
			got, err := fi.find(t.Context(), c.made)
			if err != nil {
				t.Fatal(err)
			}
			if want := (postgres{bin: c.want, major: c.major}); got != want {
				t.Errorf("found %v, want %v", got, want)
			}
		})
	}
}

func TestFind_NothingFound_SaysWhatToInstall(t *testing.T) {
	t.Parallel()
	bare := fakeBin(t, "17.1", "pg_trgm")
	noWheel := func(context.Context) (postgres, error) { return postgres{}, errors.New("no network") }
	wheel := func(context.Context) (postgres, error) { return postgres{bin: "/wheel", major: NewestMajor}, nil }
	for name, c := range map[string]struct {
		finder finder
		made   int
		want   []string
	}{
		"nothing works":                     {finder{wheel: noWheel}, 0, []string{"no network", "pip", "pgvector", "POSTGRES_BINDIR", "DATABASE_URL"}},
		"POSTGRES_BINDIR lacks extensions":  {finder{bindir: bare, wheel: wheel}, 0, []string{"POSTGRES_BINDIR", "vector", "citext"}},
		"POSTGRES_BINDIR is too old":        {finder{bindir: fakeBin(t, "13.1", extensions...)}, 0, []string{"POSTGRES_BINDIR", "13", "older than 15"}},
		"POSTGRES_BINDIR is empty":          {finder{bindir: t.TempDir(), wheel: wheel}, 0, []string{"POSTGRES_BINDIR", "initdb"}},
		"POSTGRES_BINDIR differs from data": {finder{bindir: fakeBin(t, "16.1", extensions...)}, 15, []string{"POSTGRES_BINDIR is Postgres 16"}},
		"the data's version is gone":        {finder{wheel: wheel}, 15, []string{"move the data away"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := c.finder.find(t.Context(), c.made)
			if err == nil {
				t.Fatal("found one")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not mention %q", err, want)
				}
			}
		})
	}
}
