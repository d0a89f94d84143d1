package postgres

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
)

// folder is a data folder: pgdata is the cluster; beside it are password, port and url of the server, the folder of
// its programs, its log, and the lock of the process that runs it.
type folder struct {
	dir   string
	scrap string // dir again when it goes away with the server, else empty
	as    supervisor.Account
}

// memoryWanted leaves room for a cluster (40 MB), its WAL (up to 1 GB) and the clones of a parallel test run. Docker
// gives /dev/shm 64 MB, so its free space is checked.
const memoryWanted = 2 << 30

func openFolder(o Options, as supervisor.Account) (folder, error) {
	if o.Dir == "" {
		return folder{}, errors.New("no folder is named")
	}
	dir, err := reachableDir(o.Dir, as)
	if err != nil {
		return folder{}, err
	}
	if asked, _ := filepath.Abs(o.Dir); asked != dir {
		o.Log.Info("data_folder_moved", "from", asked, "to", dir,
			"reason", "postgres cannot run as root, and no other user can enter the folder")
	}
	if err := mkdirOpen(dir); err != nil {
		return folder{}, err
	}
	return folder{dir: dir, as: as}, nil
}

// reachableDir returns dir, or another folder when the account cannot enter dir.
func reachableDir(dir string, as supervisor.Account) (string, error) {
	dir, err := filepath.Abs(dir)
	if err == nil && !as.CanReach(dir) {
		dir = fmt.Sprintf("/var/lib/ultimate-coach-%.4x", sha256.Sum256([]byte(dir)))
	}
	return dir, err
}

// openScrap makes and locks a folder that the watchdog removes after the server has ended, and removes those whose
// watchdog was killed as well.
func openScrap(ctx context.Context, as supervisor.Account, log *slog.Logger) (folder, *os.File, error) {
	parent := os.TempDir()
	if !as.CanReach(parent) {
		parent = "/tmp"
	}
	var fs syscall.Statfs_t
	err := syscall.Statfs("/dev/shm", &fs)
	if err == nil && uint64(fs.Bavail)*uint64(fs.Bsize) >= memoryWanted { //nolint:unconvert // the types differ between systems
		parent = "/dev/shm"
	}
	prefix := fmt.Sprintf("ultimate-coach-%d-", as.UID)
	sweepScrap(ctx, parent, prefix, as, log)

	// Under its final name only when locked: a folder that is seen unlocked is an orphan's.
	hidden, err := os.MkdirTemp(parent, "."+prefix)
	if err != nil {
		return folder{}, nil, err
	}
	dir := filepath.Join(parent, filepath.Base(hidden)[1:])
	err = errors.Join(os.Chmod(hidden, 0o755), os.Chown(hidden, as.UID, as.GID))
	if err != nil {
		return folder{}, nil, errors.Join(err, os.RemoveAll(hidden))
	}
	lock, err := tryLock(filepath.Join(hidden, "lock"))
	if err != nil {
		return folder{}, nil, errors.Join(err, os.RemoveAll(hidden))
	}
	if err := os.Rename(hidden, dir); err != nil {
		return folder{}, nil, errors.Join(err, lock.Close(), os.RemoveAll(hidden))
	}
	return folder{dir: dir, scrap: dir, as: as}, lock, nil
}

func (f folder) discard() {
	if f.scrap != "" {
		_ = os.RemoveAll(f.scrap) // the watchdog has usually been faster
	}
}

// init makes the cluster, once. A marker file tells a finished one from one whose making was interrupted.
func (f folder) init(ctx context.Context, pg postgres) error {
	if exists(f.path("pgdata/PG_VERSION")) && !exists(f.path("initializing")) {
		return nil
	}
	err := errors.Join(
		os.WriteFile(f.path("initializing"), nil, 0o644),
		os.RemoveAll(f.path("pgdata")),
		os.Mkdir(f.path("pgdata"), 0o700),
		os.Chown(f.path("pgdata"), f.as.UID, f.as.GID),
		writeFile(f.path("password"), rand.Text()),
		os.Chown(f.path("password"), f.as.UID, f.as.GID), // initdb reads it
	)
	if err != nil {
		return err
	}
	args := []string{
		"-D", f.path("pgdata"), "-U", "postgres", "--pwfile", f.path("password"), "-A", "scram-sha-256", "-E", "UTF8",
		"--locale", locale(), "--no-sync", // an interrupted making is repeated
	}
	if pg.major >= 17 {
		// Sorts the same on every machine, whatever its C library.
		args = append(args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	initdb := f.as.Command(ctx, f.dir, pg.program("initdb"), args...)
	initdb.Env = append(initdb.Env, "LC_ALL="+locale())
	out, err := initdb.CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return os.Remove(f.path("initializing"))
}

// locale has UTF-8 character classes: with LC_CTYPE=C pg_trgm drops every letter outside ASCII. macOS knows no C.UTF-8.
func locale() string {
	if runtime.GOOS == "darwin" {
		return "en_US.UTF-8"
	}
	return "C.UTF-8"
}

// postmasterFile is what a server writes about itself into postmaster.pid; a server killed by -9 leaves it behind.
type postmasterFile struct {
	pid   int
	state string
}

func (f folder) postmaster() postmasterFile {
	lines := append(strings.Split(f.read("pgdata/postmaster.pid"), "\n"), make([]string, 8)...)
	pid, _ := strconv.Atoi(strings.TrimSpace(lines[0]))
	return postmasterFile{pid: pid, state: strings.TrimSpace(lines[7])}
}

// tryLock returns nil when another process, or another Start of this one, holds the lock. It is let go by Close and by
// the end of the process.
func tryLock(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	_ = f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, err
}

// freePort returns the preferred port, or any other when that is in use.
func freePort(prefer string) (string, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:"+cmp.Or(prefer, "0"))
	if err != nil {
		if l, err = net.Listen("tcp4", "127.0.0.1:0"); err != nil {
			return "", err
		}
	}
	port := l.Addr().(*net.TCPAddr).Port
	return strconv.Itoa(port), l.Close()
}

// mkdirOpen makes folders that others can enter, whatever the umask: Postgres may run as another user. What is secret in
// them has its own mode.
func mkdirOpen(dir string) error {
	if exists(dir) {
		return nil
	}
	if err := mkdirOpen(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Chmod(dir, 0o755)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
