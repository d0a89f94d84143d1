// Package postgres brings its own Postgres: `make run` and `make test` need neither Docker nor an installed server. It
// finds or downloads the programs, keeps one data folder, and makes sure that no server outlives the process that
// started it, not even after kill -9. Linux and macOS, root or not.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
	"github.com/ultimatecoach/api/internal/tools/sleep"
)

// database is made by Start, empty; migrations fill it.
const database = "ultimate_coach"

// stopTimeout is far above the 20–50 ms a fast shutdown takes; a checkpoint on a slow, busy disk takes seconds.
const stopTimeout = 30 * time.Second

// Options say where the data lives.
type Options struct {
	// Dir keeps the data between starts. It is made when absent. An ephemeral server may leave it empty.
	Dir string
	// Ephemeral trades durability for speed (no fsync). Without Dir the data is in a folder of its own, in memory where
	// there is room, and goes away with the server.
	Ephemeral bool
	// Major is the version that is wanted; 0 is any.
	Major int
	// Log is told what a person waiting for the start wants to know. Nil is silent.
	Log *slog.Logger
}

// Server is a running Postgres that accepts connections on 127.0.0.1 only.
type Server struct {
	// URL is the superuser's, on database ultimate_coach.
	URL string
	// Borrowed says that another process runs the server of this folder: it goes when that process goes.
	Borrowed bool

	pg       postgres // the programs that it was started with; their folder alone when borrowed
	stop     func() error
	stopping atomic.Bool
	stopOnce sync.Once
	stopErr  error
	done     chan struct{}
}

// Start returns when the server accepts connections. The context bounds the start only; the server lives until Stop or
// the end of this process. When another process already runs the server of the folder, that one is borrowed.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	as, err := supervisor.ServerAccount()
	if err != nil {
		return nil, err
	}
	if o.Dir == "" && o.Ephemeral {
		f, lock, err := openScrap(ctx, as, o.Log)
		if err != nil {
			return nil, fmt.Errorf("make data folder: %w", err)
		}
		return f.run(ctx, o, lock)
	}
	f, err := openFolder(o, as)
	if err != nil {
		return nil, fmt.Errorf("open data folder: %w", err)
	}
	for told := false; ; told = true {
		lock, err := tryLock(f.path("lock"))
		if err != nil {
			return nil, fmt.Errorf("lock data folder: %w", err)
		}
		if lock != nil {
			return f.run(ctx, o, lock)
		}
		if s, err := f.borrow(ctx); err == nil {
			o.Log.InfoContext(ctx, "postgres_borrowed", "dir", f.dir)
			return s, nil
		}
		// The other process is still starting, or has just died; only trying again tells which.
		if !told {
			o.Log.InfoContext(ctx, "postgres_awaited", "dir", f.dir, "reason", "another process is starting it")
		}
		if err := sleep.For(ctx, 50*time.Millisecond); err != nil {
			return nil, fmt.Errorf("wait for the process that holds %s: %w", f.path("lock"), err)
		}
	}
}

// Stop ends what this process started and waits for it; a borrowed server is left alone. It may be called twice.
func (s *Server) Stop() error {
	s.stopOnce.Do(func() {
		s.stopping.Store(true)
		s.stopErr = s.stop()
	})
	return s.stopErr
}

// Program returns where a client program such as psql is: beside the server's own, or the name alone, for PATH.
func (s *Server) Program(name string) string {
	if path := s.pg.program(name); exists(path) {
		return path
	}
	return name
}

// Made tells whether Start has finished making a database in the folder.
func Made(dir string) (bool, error) {
	as, err := supervisor.ServerAccount()
	if err != nil {
		return false, err
	}
	dir, err = reachableDir(dir, as)
	if err != nil {
		return false, err
	}
	f := folder{dir: dir, as: as}
	return exists(f.path("pgdata/PG_VERSION")) && !exists(f.path("initializing")), nil
}

// Done is closed when the server dies without Stop having been called.
func (s *Server) Done() <-chan struct{} { return s.done }

// run starts the server of a folder that this process has locked, after mending what an earlier run may have left.
func (f folder) run(ctx context.Context, o Options, lock *os.File) (_ *Server, err error) {
	began := time.Now()
	defer func() {
		if err != nil {
			f.discard()
			err = errors.Join(err, lock.Close())
		}
	}()
	if err := os.Remove(f.path("url")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("remove old url: %w", err)
	}
	if stopped, err := f.stopOrphan(ctx); err != nil {
		return nil, fmt.Errorf("stop the server that an earlier run left: %w", err)
	} else if stopped {
		o.Log.InfoContext(ctx, "postgres_orphan_stopped", "dir", f.dir)
	}
	pg, err := f.locate(ctx, o.Major, o.Log)
	if err != nil {
		return nil, err
	}
	if err := f.init(ctx, pg); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	p, port, err := f.launch(ctx, pg, o.Ephemeral)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Stop(stopTimeout))
		}
	}()
	s := &Server{URL: f.url(port), pg: pg, done: make(chan struct{})}
	s.stop = func() error {
		_ = os.Remove(f.path("url")) // a stale one is harmless: who borrows tries it first
		err := p.Stop(stopTimeout)
		f.discard()
		return errors.Join(err, lock.Close())
	}
	if err := f.createDatabase(ctx, port); err != nil {
		return nil, fmt.Errorf("create database %s: %w", database, err)
	}
	if err := writeFile(f.path("bin"), pg.bin); err != nil {
		return nil, fmt.Errorf("write folder of programs: %w", err)
	}
	// Written last and in one piece: who reads it may connect.
	if err := writeFile(f.path("url"), s.URL); err != nil {
		return nil, fmt.Errorf("write url: %w", err)
	}
	go func() {
		<-p.Exited()
		if !s.stopping.Load() {
			close(s.done)
		}
	}()
	o.Log.InfoContext(ctx, "postgres_started", "dir", f.dir, "version", pg.major, "took", time.Since(began).Round(time.Millisecond))
	return s, nil
}

// borrow connects to the server that another process runs, and keeps that connection: its end is the server's end.
func (f folder) borrow(ctx context.Context) (*Server, error) {
	u, err := os.ReadFile(f.path("url"))
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, string(u))
	if err != nil {
		return nil, err
	}
	s := &Server{URL: string(u), Borrowed: true, pg: postgres{bin: f.read("bin")}, done: make(chan struct{})}
	watch, cancel := context.WithCancel(context.WithoutCancel(ctx))
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for watch.Err() == nil && !conn.IsClosed() {
			_, _ = conn.WaitForNotification(watch) // nobody notifies: only the end comes
		}
		if !s.stopping.Load() {
			close(s.done)
		}
		_ = conn.Close(context.WithoutCancel(ctx))
	}()
	s.stop = func() error {
		cancel()
		<-watched
		return nil
	}
	return s, nil
}

func (f folder) url(port string) string { return f.urlOf(port, database) }

func (f folder) urlOf(port, name string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword("postgres", f.read("password")),
		Host:     "127.0.0.1:" + port,
		Path:     name,
		RawQuery: "sslmode=disable", // on loopback, with a certificate nobody could check
	}
	return u.String()
}

func (f folder) createDatabase(ctx context.Context, port string) error {
	conn, err := pgx.Connect(ctx, f.urlOf(port, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var found bool
	err = conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", database).Scan(&found)
	if err != nil || found {
		return err
	}
	_, err = conn.Exec(ctx, "create database "+database)
	return err
}

// launch returns when the postmaster says it is ready. It takes the last port again if that is still free: a URL that
// somebody keeps in a shell or an editor stays true.
func (f folder) launch(ctx context.Context, pg postgres, ephemeral bool) (_ *supervisor.Process, port string, err error) {
	out, err := os.OpenFile(f.path("server.log"), os.O_CREATE|os.O_TRUNC|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, "", fmt.Errorf("open server log: %w", err)
	}
	defer out.Close()
	for began := time.Now(); ; {
		if port, err = freePort(f.read("port")); err != nil {
			return nil, "", fmt.Errorf("find a free port: %w", err)
		}
		if err := writeFile(f.path("port"), port); err != nil {
			return nil, "", fmt.Errorf("write port: %w", err)
		}
		args := []string{pg.program("postgres"), "-D", f.path("pgdata"), "-p", port, "-h", "127.0.0.1"}
		for _, setting := range settings(ephemeral) {
			args = append(args, "-c", setting)
		}
		p, err := f.as.Start(supervisor.Server{Dir: f.dir, Scrap: f.scrap, Env: []string{"LC_ALL=" + locale()}, Log: out, Args: args})
		if err != nil {
			return nil, "", fmt.Errorf("start postgres: %w", err)
		}
		if err := f.waitReady(ctx, p); err == nil {
			return p, port, nil
		} else if !passing.MatchString(f.read("server.log")) || time.Since(began) > stopTimeout || ctx.Err() != nil {
			return nil, "", errors.Join(err, p.Stop(stopTimeout))
		}
		if err := out.Truncate(0); err != nil {
			return nil, "", err
		}
		if err := sleep.For(ctx, 20*time.Millisecond); err != nil {
			return nil, "", err
		}
	}
}

// passing are the refusals that another attempt mends: somebody took the port in between, or the last backends of a
// killed server have not noticed yet that it is gone.
var passing = regexp.MustCompile(`could not bind|pre-existing shared memory block`)

func (f folder) waitReady(ctx context.Context, p *supervisor.Process) error {
	for f.postmaster().state != "ready" {
		select {
		case <-p.Exited():
			return fmt.Errorf("postgres did not start:\n%s", f.read("server.log"))
		default:
		}
		if err := sleep.For(ctx, 5*time.Millisecond); err != nil {
			return fmt.Errorf("wait for postgres: %w", err)
		}
	}
	return nil
}

// settings of a server for one developer, on a laptop.
func settings(ephemeral bool) []string {
	s := []string{
		"unix_socket_directories=",   // their path has a length limit that data folders exceed
		"max_connections=200",        // a few instances with pools of 16, and a person with psql
		"shared_buffers=256MB",       // holds the food catalogue
		"maintenance_work_mem=256MB", // an HNSW index built in memory: 2 s instead of minutes
		// Parallel index builds need room that Docker's /dev/shm of 64 MB has not, and segments of a killed server would stay
		// there for good; in the data folder they are found again.
		"dynamic_shared_memory_type=mmap",
		"jit=off",      // as on Supabase; it only costs on short queries
		"timezone=UTC", // as on Supabase; initdb would write the machine's
		"log_timezone=UTC",
	}
	if ephemeral {
		s = append(s, "fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=400") // parallel tests
	}
	return s
}

func writeFile(name, text string) error {
	tmp := name + ".new"
	if err := os.WriteFile(tmp, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, name)
}

func (f folder) path(name string) string { return filepath.Join(f.dir, name) }

func (f folder) read(name string) string {
	b, _ := os.ReadFile(f.path(name)) // absent reads as empty, which every caller can live with
	return strings.TrimSpace(string(b))
}
