// Package supervisor starts servers that cannot outlive this process, however it ends: by return, panic or kill -9.
package supervisor

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Account is the user that a server runs as: ourselves, or nobody when we are root, which Postgres and pgbouncer refuse
// to be.
type Account struct {
	UID, GID int
}

// ServerAccount fails for root on a machine without the user nobody.
func ServerAccount() (Account, error) {
	if os.Getuid() != 0 {
		return Account{UID: os.Getuid(), GID: os.Getgid()}, nil
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return Account{}, fmt.Errorf("find a user other than root: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return Account{}, fmt.Errorf("read uid of nobody: %w", err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return Account{}, fmt.Errorf("read gid of nobody: %w", err)
	}
	return Account{UID: int(uid), GID: int(gid)}, nil
}

// Dropped reports whether the account is not our own, so that folders have to be reachable for others.
func (a Account) Dropped() bool { return a.UID != os.Getuid() }

// CanReach reports whether the account can enter dir, as far as it exists.
func (a Account) CanReach(dir string) bool {
	if !a.Dropped() {
		return true
	}
	for p := dir; p != filepath.Dir(p); p = filepath.Dir(p) {
		if s, err := os.Stat(p); err == nil && s.Mode()&0o001 == 0 {
			return false
		}
	}
	return true
}

// Command runs a program as the account, in a process group of its own: Ctrl-C is for the launcher, which then stops its
// servers in its own order.
func (a Account) Command(ctx context.Context, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a.Dropped() {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.UID), Gid: uint32(a.GID)}
	}
	// A person's PGDATA, PGPORT or PGOPTIONS are about another server.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(kv string) bool { return strings.HasPrefix(kv, "PG") })
	return cmd
}

// script starts a server and interrupts it as soon as standard input ends, which it does when the process holding the
// other end lets go of it. $1 is a folder to remove after that, or empty; when the server has ended by itself, the folder
// is still wanted. Descriptor 3 must not reach the server.
const script = `exec 3<&0
scrap=$1; shift
"$@" 3<&- </dev/null &
server=$!
(cat <&3 >/dev/null; kill -INT $server) 2>/dev/null &
wait $server
kill $! 2>/dev/null
wait $!
if [ $? -lt 128 ] && [ -n "$scrap" ]; then rm -rf "$scrap"; fi`

// Process is a server and the shell that watches over it.
type Process struct {
	hold io.Closer // the dead man's pipe
	gone chan struct{}
	pgid int
}

// Server says what to start.
type Server struct {
	Dir   string // to run in
	Scrap string // a folder to remove when the server has ended, even if we are gone by then; or empty
	Env   []string
	Log   *os.File // both outputs; no pipe, since the server may live a moment longer than we do
	Args  []string // the program and its arguments
}

// Start runs the server as the account. SIGINT has to mean an orderly, quick shutdown to it.
func (a Account) Start(s Server) (*Process, error) {
	args := append([]string{"-c", script, "supervisor", s.Scrap}, s.Args...)
	cmd := a.Command(context.Background(), s.Dir, "/bin/sh", args...)
	cmd.Env = append(cmd.Env, s.Env...)
	cmd.Stdout, cmd.Stderr = s.Log, s.Log
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{hold: hold, gone: make(chan struct{}), pgid: cmd.Process.Pid}
	go func() {
		_ = cmd.Wait() // the exit code is the shell's; what went wrong is in the log
		close(p.gone)
	}()
	return p, nil
}

// Exited is closed when the server has ended, by itself or by Stop.
func (p *Process) Exited() <-chan struct{} { return p.gone }

// Stop lets go and waits. A server that has not ended in time is told to quit at once (SIGQUIT).
func (p *Process) Stop(timeout time.Duration) error {
	_ = p.hold.Close() // closed already when the server went first
	select {
	case <-p.gone:
		return nil
	case <-time.After(timeout):
	}
	_ = syscall.Kill(-p.pgid, syscall.SIGQUIT)
	return fmt.Errorf("the server did not stop within %s", timeout)
}
