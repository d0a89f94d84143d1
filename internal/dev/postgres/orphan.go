package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
	"github.com/ultimatecoach/api/internal/tools/sleep"
)

// stopOrphan ends a server of this folder that has outlived the process that started it, and drops a pid file whose
// server is gone. Only the holder of the folder's lock may call it.
//
// Dropping the file is safe: Postgres finds the shared memory of a server's last backends by the data folder's inode
// and will not start beside them.
func (f folder) stopOrphan(ctx context.Context) (stopped bool, err error) {
	pid := f.postmaster().pid
	if f.serves(pid) {
		// Fast shutdown. The watchdog may have asked before us; asking twice is harmless.
		if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
			return false, fmt.Errorf("signal process %d: %w", pid, err)
		}
		ctx, cancel := context.WithTimeout(ctx, stopTimeout)
		defer cancel()
		for f.serves(pid) {
			if err := sleep.For(ctx, 5*time.Millisecond); err != nil {
				return false, fmt.Errorf("wait for process %d to end: %w", pid, err)
			}
		}
		stopped = true
	}
	if err := os.Remove(f.path("pgdata/postmaster.pid")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return stopped, err
	}
	return stopped, nil
}

// serves reports whether the process is a server of this folder. The number alone proves nothing: after a reboot it is
// somebody else's.
func (f folder) serves(pid int) bool {
	if pid <= 0 {
		return false
	}
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
	if err == nil {
		b = []byte(strings.ReplaceAll(string(b), "\x00", " "))
	} else if b, err = exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output(); err != nil { // macOS
		return false
	}
	program, args, _ := strings.Cut(string(b), " ")
	return filepath.Base(program) == "postgres" && strings.HasPrefix(args, "-D "+f.path("pgdata")+" ")
}

// sweepScrap removes the folders of ephemeral servers that nobody runs any more.
func sweepScrap(ctx context.Context, parent, prefix string, as supervisor.Account, log *slog.Logger) {
	dirs, _ := filepath.Glob(filepath.Join(parent, prefix+"*"))
	for _, dir := range dirs {
		var st syscall.Stat_t
		if err := syscall.Lstat(dir, &st); err != nil || int(st.Uid) != as.UID {
			continue // anybody can make such a name in a shared folder
		}
		lock, err := tryLock(filepath.Join(dir, "lock"))
		if err != nil || lock == nil {
			continue
		}
		f := folder{dir: dir, scrap: dir, as: as}
		if _, err := f.stopOrphan(ctx); err != nil {
			log.WarnContext(ctx, "postgres_orphan_not_stopped", "dir", dir, "error", err)
		} else {
			f.discard()
		}
		_ = lock.Close()
	}
}
